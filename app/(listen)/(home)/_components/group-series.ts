import type { SermonView } from '#lib/sermons/sermon.ts'

export type SeriesGroup = { slug: string; title: string; sermons: SermonView[] }

const FEWEST_SERMONS = 3

/** The series of the given sermons, in the same order. A series with fewer than three of them is left out. */
export function groupSeries(sermons: readonly SermonView[]): SeriesGroup[] {
  const groups = new Map<string, SeriesGroup>()
  for (const sermon of sermons) {
    if (!sermon.series) continue
    const { slug, title } = sermon.series
    const group = groups.get(slug) ?? { slug, title, sermons: [] }
    group.sermons.push(sermon)
    groups.set(slug, group)
  }
  return [...groups.values()].filter((group) => group.sermons.length >= FEWEST_SERMONS)
}
