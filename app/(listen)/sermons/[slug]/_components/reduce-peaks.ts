/** Height of the quietest bar that is not silence, as a share of the loudest. */
const FLOOR = 0.12

/**
 * Reduces peaks for drawing, 0 to 255: the mean of each part, scaled between the quiet and the loud parts of this
 * recording, so that the pauses of an even voice are visible. Silence remains 0.
 */
export function reducePeaks(peaks: readonly number[], count: number): number[] {
  if (peaks.length === 0 || count <= 0) return []
  const means = Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * peaks.length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * peaks.length) / count))
    let sum = 0
    for (let at = from; at < to; at += 1) sum += peaks[at] ?? 0
    return sum / (to - from)
  })
  const audible = means.filter((mean) => mean > 0).toSorted((a, b) => a - b)
  const quiet = audible[Math.floor(audible.length * 0.03)] ?? 0
  const loud = audible.at(-1) ?? 1
  return means.map((mean) => {
    if (mean === 0) return 0
    const place = loud > quiet ? Math.max(0, (mean - quiet) / (loud - quiet)) : 1
    return Math.round(255 * (FLOOR + (1 - FLOOR) * place))
  })
}
