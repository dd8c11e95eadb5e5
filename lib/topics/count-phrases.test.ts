import { describe, expect, it } from 'vitest'
import { createPassageIndex, setSermon } from '#lib/search/passage-index.ts'
import { createPhraseCounter, type Subject } from './count-phrases.ts'

function anIndex(texts: readonly string[]) {
  const index = createPassageIndex(2)
  const sermon = {
    ...{ id: 's', churchId: 'c', isPublished: true, headings: [], speaker: null },
    ...{ scripture: [], language: 'en', embedder: null },
  }
  setSermon(
    index,
    sermon,
    texts.map((text, at) => {
      const terms = text.split(' ')
      return {
        id: `${at}`,
        terms,
        positions: terms.map((_, place) => place),
        words: terms.length,
        meaning: null,
      }
    }),
  )
  const entry = index.sermons.get('s')
  if (!entry) throw new Error('The sermon is missing.')
  return { index, entry }
}

const subjects: Subject[] = [
  { name: 'The Holy Spirit', phrases: [['holy', 'spirit'], ['pentecost']] },
  { name: 'Holiness', phrases: [['holy'], ['saint']] },
  { name: 'Love', phrases: [['love'], ['love', 'god']] },
  { name: 'Whales', phrases: [['whale']] },
]

function count(texts: readonly string[]) {
  const { index, entry } = anIndex(texts)
  const counter = createPhraseCounter(index, subjects)
  const counts = counter.start()
  counter.add(counts, entry)
  return { ...counts, counter }
}

describe('createPhraseCounter', () => {
  it('counts phrases in order and within one passage, and the passages that have them', () => {
    const { times, passages, terms, sermons } = count([
      'holy spirit spirit holy',
      'spirit pentecost holy',
      'spirit day',
    ])
    expect([...times]).toEqual([2, 3, 0, 0])
    expect([...passages]).toEqual([2, 2, 0, 0])
    expect([terms, sermons]).toEqual([9, 1])
  })

  it('counts a place once for a subject, also where two of its phrases begin', () => {
    expect([...count(['love god love']).times]).toEqual([0, 0, 2, 0])
  })

  it('finds the subjects of other terms, also with terms that no sermon has', () => {
    const { counter } = count(['holy spirit'])
    expect([...counter.find(['unknown', 'holy', 'spirit'])]).toEqual([0, 1])
    expect([...counter.find(['spirit', 'holy'])]).toEqual([1])
    expect([...counter.find(['whale'])]).toEqual([])
  })
})
