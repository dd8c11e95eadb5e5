export interface Spread {
  p50: number
  p95: number
}

/** Returns the 50th and 95th percentiles, rounded to a tenth. */
export function spread(values: number[]): Spread {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95) }
}

/** The value below which `share` (0 to 1) of the values are, rounded to a tenth; 0 for no values. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other)
  const value = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0
  return Math.round(value * 10) / 10
}

/** Returns the median; 0 for no values. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0
}
