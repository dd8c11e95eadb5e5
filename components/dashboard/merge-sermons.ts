import type { SermonView } from '#lib/sermons/sermon.ts'

/** Updates the page's sermons with changed ones and removes those in the trash; with `addNew`, new sermons come first, newest on top. */
export function mergeSermons(
  initial: readonly SermonView[],
  news: ReadonlyMap<string, SermonView>,
  addNew: boolean,
): SermonView[] {
  const known = new Set(initial.map((sermon) => sermon.id))
  const newest = initial[0]?.createdAt ?? ''
  const added = addNew
    ? [...news.values()]
        // An old sermon of a later page that changes does not belong on this one.
        .filter((sermon) => !known.has(sermon.id) && sermon.createdAt >= newest)
        .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    : []
  return [...added, ...initial.map((sermon) => news.get(sermon.id) ?? sermon)].filter(
    ({ trashedAt }) => trashedAt === null,
  )
}
