import { expect, test } from 'vitest'
import { readSermonEvent } from './read-sermon-event.ts'

const facet = { status: 'ready', progress: 100, error: null }
const sermon = {
  ...{ id: 's', slug: 's', churchId: 'c', title: 'Grace', description: '', scripture: '', language: 'en' },
  ...{
    speaker: null,
    series: { id: 'x', slug: 'x', title: 'X' },
    topics: [],
    preachedOn: null,
    publication: 'draft',
  },
  ...{ publishAt: null, publishedAt: null, trashedAt: null, durationMs: 1000, mediaRevision: 1 },
  ...{
    isTextOnly: false,
    recording: null,
    isSample: false,
    facets: { media: facet, transcript: facet, index: facet },
  },
  ...{ createdAt: '2026-11-22T10:00:00Z', updatedAt: '2026-11-22T10:00:00Z' },
}

test('a sermon is read completely', () => expect(readSermonEvent(JSON.stringify(sermon))).toEqual(sermon))

test.each([
  ['no JSON', '{"id":'],
  ['another shape', '{"id":"s","facets":{}}'],
  ['an unknown state', JSON.stringify({ ...sermon, publication: 'hidden' })],
])('%s is ignored', (_, data) => expect(readSermonEvent(data)).toBeNull())
