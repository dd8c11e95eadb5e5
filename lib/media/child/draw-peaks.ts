/**
 * Reduces window peaks to `count` values of 0..255 for a waveform. 255 is the peak that only half a percent of the
 * windows exceed, so that a knock on the microphone does not lower the rest.
 */
export function drawPeaks(windowPeaks: Float32Array, count: number): number[] {
  if (windowPeaks.length === 0) return Array.from({ length: count }, () => 0)
  const sorted = Float32Array.from(windowPeaks).sort()
  const reference = sorted[Math.floor((sorted.length - 1) * 0.995)] || sorted[sorted.length - 1] || 1
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * windowPeaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * windowPeaks.length) / count))
    let peak = 0
    for (let i = from; i < to; i += 1) peak = Math.max(peak, windowPeaks[i] ?? 0)
    return Math.min(255, Math.round((peak / reference) * 255))
  })
}
