import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compactIndex,
  createPassageIndex,
  type IndexedPassage,
  removeSermon,
  setSermon,
} from './passage-index.ts'
import { rankSermons } from './rank-sermons.ts'
import type { SearchQuery } from './read-query.ts'

const terms = ['grace', 'mercy', 'peace', 'faith', 'hope']
const dimensions = 5

/** The meaning of each term is a direction of its own. */
function meaningOf(words: readonly string[]): Float32Array {
  return Float32Array.from(terms, (term) => words.filter((word) => word === term).length)
}

const passage = fc.array(fc.constantFrom(...terms), { minLength: 1, maxLength: 6 })
const state = fc.record({
  isPublished: fc.boolean(),
  title: fc.array(fc.constantFrom(...terms), { maxLength: 2 }),
  passages: fc.array(passage, { maxLength: 4 }),
})
type State = typeof state extends fc.Arbitrary<infer Value> ? Value : never
const change = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), state: fc.option(state) })

function set(
  index: ReturnType<typeof createPassageIndex>,
  id: string,
  { isPublished, title, passages }: State,
) {
  const sermon = {
    id,
    churchId: 'church',
    isPublished,
    headings: [title, ['hope']],
    speaker: null,
    scripture: [],
    language: 'en',
    embedder: null,
  }
  setSermon(
    index,
    sermon,
    passages.map(
      (words, place): IndexedPassage => ({
        id: `${id}-${place}`,
        terms: words,
        positions: [...words.keys()],
        words: words.length,
        meaning: meaningOf(words),
      }),
    ),
  )
}

const query: SearchQuery = {
  text: 'grace and faith',
  terms: ['grace', 'faith'].map((word, position) => ({
    word,
    terms: [word],
    corrected: null,
    positions: [position],
    weight: 1,
    headingWeight: 1,
    idf: 2,
    found: 1,
    related: [{ term: 'mercy', weight: 0.5 }],
  })),
  references: [],
  isReference: false,
  meaning: meaningOf(['grace', 'faith']).map((value) => value / Math.SQRT2),
  isQuestion: false,
  isForeign: false,
  speakers: null,
  unknownSpeaker: null,
}

function rank(index: ReturnType<typeof createPassageIndex>) {
  const { sermons, evidence } = rankSermons(index, query, { isVisible: ({ isPublished }) => isPublished })
  return {
    evidence,
    sermons: sermons.map(({ sermon, score, heading, windows }) => ({
      id: sermon.id,
      score,
      heading,
      windows: windows.map(({ number, ...measures }) => ({
        ...measures,
        passage: index.passageOf[number]?.id,
      })),
    })),
  }
}

test('earlier states of a sermon, and removed ones, change no ranking before or after the index is compacted', () => {
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const changed = createPassageIndex(dimensions)
      const last = new Map<string, State>()
      for (const { id, state: own } of changes) {
        last.delete(id)
        if (own) {
          set(changed, id, own)
          last.set(id, own)
        } else removeSermon(changed, id)
        rank(changed)
      }
      const fresh = createPassageIndex(dimensions)
      for (const [id, own] of last) set(fresh, id, own)
      const expected = rank(fresh)
      for (const found of [rank(changed), rank(compactIndex(changed))]) {
        expect(found.sermons.map(({ id }) => id)).toEqual(expected.sermons.map(({ id }) => id))
        for (const [place, sermon] of found.sermons.entries()) {
          expect(sermon.score).toBeCloseTo(expected.sermons[place]?.score ?? Number.NaN, 4)
          expect(sermon.heading).toBe(expected.sermons[place]?.heading)
          expect(sermon.windows.map(({ passage, order }) => [passage, order])).toEqual(
            expected.sermons[place]?.windows.map(({ passage, order }) => [passage, order]),
          )
        }
        expect(found.evidence.windows).toBe(expected.evidence.windows)
      }
    }),
  )
})
