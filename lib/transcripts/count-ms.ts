/**
 * Whether whole numbers without a unit are milliseconds and not seconds: as seconds, the usual one of `lengths` would be
 * `least` or more, longer than anyone speaks.
 */
export function countMs(values: readonly number[], lengths: readonly number[], least: number): boolean {
  if (values.some((value) => !Number.isInteger(value))) return false
  const sorted = lengths.filter(Number.isFinite).toSorted((a, b) => a - b)
  return (sorted[Math.floor(sorted.length / 2)] ?? 0) >= least
}
