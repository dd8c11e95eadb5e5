export type HistogramSeries = {
  labels: Record<string, string>
  /** How many observations fell into each bucket, by its upper bound; Infinity is the bucket beyond the last. */
  counts: ReadonlyMap<number, number>
  sum: number
}

/**
 * Renders a histogram in Prometheus' text format from stored counts; prom-client accepts no stored counts. Counts of
 * bounds that are not in `bounds` are added to the next larger one.
 */
export function renderHistogram(
  { name, help, bounds }: { name: string; help: string; bounds: readonly number[] },
  series: readonly HistogramSeries[],
): string {
  const lines = [`# HELP ${name} ${help}`, `# TYPE ${name} histogram`]
  for (const { labels, counts, sum } of series) {
    const upTo = (limit: number) =>
      [...counts].reduce((total, [bound, count]) => (bound <= limit ? total + count : total), 0)
    for (const bound of [...bounds, Number.POSITIVE_INFINITY]) {
      const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : String(bound)
      lines.push(`${name}_bucket${renderLabels({ ...labels, le })} ${upTo(bound)}`)
    }
    lines.push(`${name}_sum${renderLabels(labels)} ${sum}`)
    lines.push(`${name}_count${renderLabels(labels)} ${upTo(Number.POSITIVE_INFINITY)}`)
  }
  return `${lines.join('\n')}\n`
}

function renderLabels(labels: Record<string, string>): string {
  const quote = (text: string) => text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/"/g, '\\"')
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${quote(value)}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}
