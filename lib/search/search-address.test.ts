import { describe, expect, it } from 'vitest'
import { scopeOfAddress, searchQuery } from './search-address.ts'

describe('the address of a search', () => {
  it('holds the query and every filter', () => {
    const address = searchQuery.parse({
      q: ' grace ',
      speaker: 'a-moss',
      topic: 'hope',
      book: 'ruth',
      year: '2024',
      spelling: 'typed',
    })
    expect(address).toEqual({
      q: 'grace',
      speaker: 'a-moss',
      series: '',
      topic: 'hope',
      book: 'ruth',
      year: '2024',
      spelling: 'typed',
    })
    expect(scopeOfAddress(address)).toEqual({
      speakerSlug: 'a-moss',
      seriesSlug: undefined,
      topicSlug: 'hope',
      verses: { start: 8_001_001, end: 8_004_022 },
      year: 2024,
    })
  })

  it('is empty where it says nothing', () => {
    const empty = { q: '', speaker: '', series: '', topic: '', book: '', year: '', spelling: '' }
    expect(searchQuery.parse({})).toEqual(empty)
    expect(searchQuery.parse(empty)).toEqual(empty)
  })

  it.each([{ q: ['a', 'b'] }, { book: 'hezekiah' }, { year: '20x4' }, { series: 'a\0b' }, { spelling: 'x' }])(
    'is refused with %j',
    (query) => {
      expect(searchQuery.safeParse(query).success).toBe(false)
    },
  )
})
