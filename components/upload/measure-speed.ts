/** The measured time: long enough for a steady figure, short enough to notice a change of network. */
const windowMs = 8000

/** Speed of a transfer over the last seconds, from `(time, bytes so far)` samples. */
export interface SpeedMeter {
  add(atMs: number, bytesSent: number): void
  /** Bytes per second, or `null` while too little is known. */
  bytesPerSecond(): number | null
  reset(): void
}

export function createSpeedMeter(): SpeedMeter {
  let samples: { atMs: number; bytesSent: number }[] = []
  return {
    add(atMs, bytesSent) {
      samples.push({ atMs, bytesSent })
      samples = samples.filter((sample) => sample.atMs >= atMs - windowMs)
    },
    bytesPerSecond() {
      const first = samples[0]
      const last = samples.at(-1)
      if (!first || !last || last.atMs - first.atMs < 500) return null
      return Math.max(0, ((last.bytesSent - first.bytesSent) * 1000) / (last.atMs - first.atMs))
    },
    reset() {
      samples = []
    },
  }
}
