import { WINDOW_MS, type Windows } from './collect-windows.ts'

/** How far below full scale the limits of the table go: more limiting than that only flattens a voice. */
const LOWEST_LIMIT_DB = -40
/** As in `gainFilters`. */
const RELEASE_MS = 50

/**
 * What a limiter at 0, -1, -2 … dB under full scale would take from the loudness of these windows, in dB. With this
 * table the gain for a loudness is found without decoding the recording again.
 */
export function modelLimiter({ peak, meanSquare }: Windows): number[] {
  return Array.from({ length: 1 - LOWEST_LIMIT_DB }, (_, index) =>
    lossAt(10 ** (-index / 20), peak, meanSquare),
  )
}

/** The limiter turns down at once for a peak and returns steadily, so windows after a peak are quieter too. */
function lossAt(limit: number, peak: Float32Array, meanSquare: Float32Array): number {
  let before = 0
  let after = 0
  let gain = 1
  let returning = 0
  for (let index = 0; index < peak.length; index += 1) {
    const energy = meanSquare[index] ?? 0
    const highest = peak[index] ?? 0
    const needed = highest > limit ? limit / highest : 1
    gain = Math.min(1, gain + returning)
    if (needed < gain) {
      gain = needed
      returning = ((1 - needed) * WINDOW_MS) / RELEASE_MS
    }
    before += energy
    after += energy * gain * gain
  }
  return before > 0 ? 10 * Math.log10(before / after) : 0
}
