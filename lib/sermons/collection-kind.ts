import type { SermonFilter } from './filter-sermons.ts'

/** What sermons are collected by, each with a name that a church gives, renames and merges. */
export const collectionKinds = ['speaker', 'series', 'topic'] as const
export type CollectionKind = (typeof collectionKinds)[number]

/** The folder of each kind in the addresses of pages, feeds and the API. */
export const collectionFolders = { speaker: 'speakers', series: 'series', topic: 'topics' } as const

/** The path of the page of a collection. */
export function collectionPath(kind: CollectionKind, slug: string): string {
  return `/${collectionFolders[kind]}/${encodeURIComponent(slug)}`
}

/** The filter that chooses the sermons of a collection. */
export function collectionFilter(kind: CollectionKind, slug: string): SermonFilter {
  if (kind === 'speaker') return { speakerSlug: slug }
  return kind === 'series' ? { seriesSlug: slug } : { topicSlug: slug }
}
