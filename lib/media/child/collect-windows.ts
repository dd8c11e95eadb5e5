/** Length of one analysis window. Short enough for a waveform of a short clip, long enough to stay small. */
export const WINDOW_MS = 10

/** Peak and level of each window: the highest peak of any channel, and the mean square of all. */
export type Windows = { peak: Float32Array; meanSquare: Float32Array }

/** Collects windows from interleaved float frames of any length, sample rate and number of channels. */
export function createWindowCollector(): {
  add: (samples: Float32Array, format: { sampleRateHz: number; channels: number }) => void
  finish: () => Windows
} {
  let peaks = new Float32Array(4096)
  let squares = new Float32Array(4096)
  let count = 0
  let peak = 0
  let sum = 0
  let filled = 0

  const push = () => {
    if (count === peaks.length) {
      peaks = grow(peaks)
      squares = grow(squares)
    }
    peaks[count] = peak
    squares[count] = sum / filled
    count += 1
    peak = 0
    sum = 0
    filled = 0
  }

  return {
    add(samples, { sampleRateHz, channels }) {
      const windowSize = Math.max(1, Math.round((sampleRateHz * WINDOW_MS) / 1000)) * channels
      for (const sample of samples) {
        const size = sample < 0 ? -sample : sample
        if (size > peak) peak = size
        sum += sample * sample
        filled += 1
        if (filled >= windowSize) push()
      }
    },
    finish() {
      if (filled > 0) push()
      return { peak: peaks.subarray(0, count), meanSquare: squares.subarray(0, count) }
    },
  }
}

function grow(values: Float32Array): Float32Array<ArrayBuffer> {
  const bigger = new Float32Array(values.length * 2)
  bigger.set(values)
  return bigger
}
