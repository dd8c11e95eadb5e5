/**
 * Fewer peaks for drawing: the loudest of each stretch, lifted so that the loudest of all is 255 and
 * quiet speech can still be seen.
 */
export function reducePeaks(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0 || count <= 0) return []
  const loudest = peaks.reduce((most, peak) => Math.max(most, peak), 1)
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * peaks.length) / count))
    let sum = 0
    for (let at = from; at < to; at += 1) sum += peaks[at] ?? 0
    return Math.round(255 * (sum / (to - from) / loudest) ** 0.8)
  })
}
