import { describe, expect, it } from 'vitest'
import { readSearchAddress, scopeOfAddress } from './search-address.ts'

describe('the address of a search', () => {
  it('holds the query and every filter', () => {
    const address = readSearchAddress({
      q: ' grace ',
      speaker: 'a-moss',
      book: 'ruth',
      year: '2024',
      spelling: 'typed',
    })
    expect(address).toEqual({
      q: 'grace',
      speaker: 'a-moss',
      series: '',
      book: 'ruth',
      year: '2024',
      spelling: 'typed',
    })
    expect(scopeOfAddress(address)).toEqual({
      speakerSlug: 'a-moss',
      seriesSlug: undefined,
      verses: { start: 8_001_001, end: 8_004_022 },
      year: 2024,
    })
  })

  it('leaves out what is no book, no year or no text', () => {
    const address = readSearchAddress({
      q: ['a', 'b'],
      book: 'hezekiah',
      year: '20x4',
      series: 'a\0b',
      spelling: 'x',
    })
    expect(address).toEqual({ q: '', speaker: '', series: 'ab', book: '', year: '', spelling: '' })
  })
})
