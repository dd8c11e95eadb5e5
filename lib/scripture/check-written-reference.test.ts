import { describe, expect, it } from 'vitest'
import { checkWrittenReference } from './check-written-reference.ts'

describe('the reference in the details of a sermon', () => {
  it.each([
    '',
    'Isaiah 49:8',
    'Rom 8:28; 9:1-3',
    '1 Cor 13; Jn 3:16',
    'Matthew 5, 6 and 7',
    'Psalm 23, Psalm 24',
    'Jude',
    'Romans',
    '1 John',
    'Song of Songs',
    'Römer 8,28',
    'Romains 8:1',
    'Isaiah 49:8a',
    'Psalms 23',
    'Song of Songs 2:1',
    'Phm 4',
    'Gospel of John 3:16',
    'First Corinthians 13',
    'first Corinthians thirteen four',
    'Genesis 1-3, Rom 8',
    'Isaiah 49:8ff',
  ])('is known where it names verses: “%s”', (text) => expect(checkWrittenReference(text)).toBeNull())

  it.each([
    ['Isaih 49:8x', 'Isaiah 49:8'],
    ['isaih 49:8', 'Isaiah 49:8'],
    ['Phillipians 4:4–9', 'Philippians 4:4–9'],
    ['1 Corintians 13', '1 Corinthians 13'],
    ['1Corintians 13', '1 Corinthians 13'],
    ['John 3:16; Galations 5:22', 'John 3:16; Galatians 5:22'],
    ['Pslam 23', 'Psalm 23'],
    ['Jonh 3:16', 'John 3:16'],
    ['Revalation 3:20', 'Revelation 3:20'],
    ['Jbo 3', 'Job 3'],
    ['Isaiah 49:8x', 'Isaiah 49:8'],
    ['Isaih 49:8; 50:1', 'Isaiah 49:8; 50:1'],
    ['1 Jon 3', '1 John 3'],
    ['Corinthians 15', '1 Corinthians 15'],
  ])('“%s” may mean “%s”', (text, suggestion) => {
    expect(checkWrittenReference(text)?.suggestion).toBe(suggestion)
    expect(checkWrittenReference(suggestion)).toBeNull()
  })

  it.each([
    ['The Good Shepherd'],
    ['Psalm 151'],
    ['Xyz 3:16'],
    ['Hope 4'],
    ['12:3'],
    ['Nehemiah 14:1'],
    ['Corinthians 13'],
  ])('“%s” is not known, and nothing is suggested', (text) =>
    expect(checkWrittenReference(text)).toEqual({ part: text, suggestion: null }),
  )
})
