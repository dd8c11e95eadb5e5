import { expect, test } from 'vitest'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { mergeSermons } from './merge-sermons.ts'

const facet = { status: 'ready' as const, progress: 100, error: null }
function sermon(id: string, createdAt: string, title = id): SermonView {
  return {
    id,
    slug: id,
    churchId: 'c',
    title,
    description: '',
    scripture: '',
    speaker: null,
    series: null,
    topics: [],
    preachedOn: null,
    language: 'en',
    publication: 'draft',
    publishAt: null,
    publishedAt: null,
    trashedAt: null,
    durationMs: null,
    mediaRevision: 1,
    isTextOnly: false,
    recording: null,
    isSample: false,
    facets: { media: facet, transcript: facet, index: facet },
    createdAt,
    updatedAt: createdAt,
  }
}

const page = [sermon('b', '2026-11-02'), sermon('a', '2026-11-01')]
const titles = (sermons: SermonView[]) => sermons.map(({ title }) => title)

test('a changed sermon changes in its place', () => {
  const news = new Map([['a', sermon('a', '2026-11-01', 'A, renamed')]])
  expect(titles(mergeSermons(page, news, true))).toEqual(['b', 'A, renamed'])
})

test('a new sermon comes first, and not at all where the list is filtered', () => {
  const news = new Map([['c', sermon('c', '2026-11-03')]])
  expect(titles(mergeSermons(page, news, true))).toEqual(['c', 'b', 'a'])
  expect(titles(mergeSermons(page, news, false))).toEqual(['b', 'a'])
  expect(titles(mergeSermons([], news, true))).toEqual(['c'])
})

test('an old sermon of another page that changes stays there', () => {
  const news = new Map([['z', sermon('z', '2025-01-01')]])
  expect(titles(mergeSermons(page, news, true))).toEqual(['b', 'a'])
})
