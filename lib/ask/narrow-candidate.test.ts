import { describe, expect, it } from 'vitest'
import type { QueryTerm, SearchQuery } from '#lib/search/read-query.ts'
import type { PassageHit } from '#lib/search/search-passages.ts'
import { coverage } from './measure-fit.ts'
import { narrowCandidate } from './narrow-candidate.ts'
import type { Candidate } from './read-candidates.ts'

const term = (word: string, fields: Partial<QueryTerm> = {}): QueryTerm => ({
  word,
  terms: [word],
  corrected: null,
  positions: [0],
  weight: 1,
  headingWeight: 1,
  related: [],
  idf: 2,
  found: 1,
  ...fields,
})
const asking = (...terms: QueryTerm[]): SearchQuery => ({
  text: '',
  terms,
  references: [],
  isReference: false,
  meaning: null,
  isQuestion: true,
  isForeign: false,
  speakers: null,
  unknownSpeaker: null,
})
const termsOf = (text: string) => text.toLowerCase().match(/\w+/g) ?? []

function createCandidate(sentences: { text: string; isFound?: boolean }[]): Candidate {
  let at = 0
  return {
    id: 'p1',
    hit: {} as PassageHit,
    sentences: sentences.map(({ text, isFound = true }) => {
      const firstWord = at
      at += text.split(' ').length
      return { firstWord, lastWord: at - 1, startMs: 0, endMs: 0, text, terms: termsOf(text), isFound }
    }),
  }
}

describe('coverage', () => {
  it('weighs rare words more and related words less', () => {
    const query = asking(
      term('grace', { idf: 1 }),
      term('zeal', { idf: 3, related: [{ term: 'fervour', weight: 0.6 }] }),
    )
    const of = (text: string) => coverage(query, new Set(termsOf(text)))
    expect(of('Grace alone')).toBeCloseTo(1 / 4)
    expect(of('grace and fervour')).toBeCloseTo((1 + 3 * 0.6) / 4)
    expect(of('the zeal of grace')).toBe(1)
    expect(coverage(asking(), new Set(['grace']))).toBe(0)
  })
})

describe('narrowCandidate', () => {
  const plain = 'There was a man who lived beside the sea and mended nets for his brothers every day.'

  it('chooses the sentences that speak to the question and leaves the rest', () => {
    const matching = 'Grief is the price of love, and grief is shared with him who wept beside a grave.'
    const candidate = createCandidate([{ text: plain }, { text: matching }, { text: plain }, { text: plain }])
    expect(narrowCandidate(asking(term('grief')), candidate)).toMatchObject({ firstSentence: 1, coverage: 1 })
  })

  it('chooses only sentences of the found passage', () => {
    const candidate = createCandidate([
      { text: 'Grief, grief, grief and grief.', isFound: false },
      { text: plain },
      { text: 'Grief again, grief always.', isFound: false },
    ])
    expect(narrowCandidate(asking(term('grief')), candidate)).toMatchObject({
      firstSentence: 1,
      lastSentence: 1,
      coverage: 0,
    })
    expect(narrowCandidate(asking(term('grief')), createCandidate([]))).toBeNull()
  })

  it('never puts more than eighty words into a quote of several sentences', () => {
    const long = Array.from({ length: 50 }, () => 'grief').join(' ')
    const narrowed = narrowCandidate(
      asking(term('grief')),
      createCandidate([{ text: long }, { text: long }, { text: long }]),
    )
    expect(narrowed?.firstSentence).toBe(narrowed?.lastSentence)
  })
})
