import { expect, it } from 'vitest'
import { createPassageIndex, setSermon } from './passage-index.ts'
import { pickPassages } from './pick-passages.ts'
import { rankSermons } from './rank-sermons.ts'
import type { SearchQuery } from './read-query.ts'

const least = { coverage: 0.2, order: 0.5, cosine: 0.3, beyond: 0.15, modelLead: 0.15, heading: 0.25 }
const query: SearchQuery = {
  text: 'fear of tomorrow',
  terms: [
    {
      word: 'tomorrow',
      terms: ['tomorrow'],
      corrected: null,
      positions: [0],
      weight: 1,
      headingWeight: 1,
      idf: 3,
      found: 0,
      related: [],
    },
  ],
  references: [],
  isReference: false,
  meaning: null,
  isQuestion: false,
  isForeign: false,
  speakers: null,
  unknownSpeaker: null,
}

const aSermon = (id: string) => ({
  id,
  churchId: 'c',
  isPublished: true,
  speaker: null,
  headings: [['title'], [], [], [], []],
  scripture: [],
  language: 'en',
  embedder: 'model',
})

/** A library of sermons of one passage each, which share no word with the query. */
function aLibrary(sermons: number) {
  const index = createPassageIndex(4)
  for (let place = 0; place < sermons; place += 1) {
    setSermon(index, aSermon(`s${place}`), [
      { id: `p${place}`, terms: ['field'], positions: [0], words: 1, meaning: null },
    ])
  }
  return index
}

const pick = (cosines: readonly number[]) => {
  const index = aLibrary(cosines.length)
  const model = new Map(cosines.entries())
  const { sermons } = rankSermons(index, query, { isVisible: () => true, model })
  const moments = new Map()
  return pickPassages(index, query, sermons, { limit: 10, perSermon: 1, least, moments }).map(
    ({ sermonId }) => sermonId,
  )
}

it('finds a passage that shares no word with the query where a model finds it much nearer than others', () => {
  expect(pick([0.2, 0.22, 0.61, 0.18, 0.2])).toEqual(['s2'])
})

it('finds nothing where the passages are about equally far from the query', () => {
  expect(pick([0.7, 0.71, 0.72, 0.73, 0.74])).toEqual([])
})

it('leaves room for further passages of each sermon where the number of sermons is limited', () => {
  const index = aLibrary(0)
  for (const id of ['a', 'b', 'c', 'd']) {
    const passages = [0, 1, 2].map((place) => ({
      id: `${id}${place}`,
      terms: ['tomorrow', 'field'],
      positions: [0, 1],
      words: 2,
      meaning: null,
    }))
    setSermon(index, aSermon(id), passages)
  }
  const { sermons } = rankSermons(index, query, { isVisible: () => true })
  const picks = pickPassages(index, query, sermons, {
    limit: 4,
    perSermon: 2,
    sermons: 2,
    least,
    moments: new Map(),
  })
  const counts = Map.groupBy(picks, ({ sermonId }) => sermonId)
  expect([...counts.values()].map(({ length }) => length)).toEqual([2, 2])
})
