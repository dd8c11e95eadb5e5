import { bcv_parser } from 'bible-passage-reference-parser/esm/bcv_parser.js'
import * as english from 'bible-passage-reference-parser/esm/lang/en.js'
import { describe, expect, it } from 'vitest'
import { bibleBooks } from './bible-books.ts'
import { parseOsis } from './find-references.ts'
import { formatRanges } from './format-references.ts'
import { containsRange, overlapsRange, toOsis, type VerseRange } from './verse-range.ts'

function range(osis: string): VerseRange {
  const parsed = parseOsis(osis)
  if (!parsed) throw new Error(`${osis} is not a reference.`)
  return parsed
}

it('lists the 66 books in order with the verse counts of the parser', () => {
  const { books, chapters } = new bcv_parser(english).translation_info()
  expect(bibleBooks.map(({ osis }) => osis)).toEqual(books.slice(0, 66))
  for (const { osis, verses } of bibleBooks) expect(verses, osis).toEqual(chapters[osis])
})

describe('a verse range', () => {
  it('contains the ranges within it and no others', () => {
    expect(containsRange(range('Rom.8-Rom.10'), range('Rom.9'))).toBe(true)
    expect(containsRange(range('Rom.8-Rom.10'), range('Rom.10.21'))).toBe(true)
    expect(containsRange(range('Rom.8-Rom.10'), range('Rom.11.1'))).toBe(false)
    expect(containsRange(range('Rom.9'), range('Rom.8-Rom.10'))).toBe(false)
    expect(containsRange(range('John'), range('1John.3'))).toBe(false)
  })

  it('overlaps a range with which it shares a verse', () => {
    expect(overlapsRange(range('Rom.8.28-Rom.8.39'), range('Rom.8.39-Rom.9.5'))).toBe(true)
    expect(overlapsRange(range('Rom.8'), range('Rom.9'))).toBe(false)
    expect(overlapsRange(range('John.3'), range('1John.3'))).toBe(false)
  })

  it.each(['Rom.8.28', 'Phil.4.6-Phil.4.7', 'Ps.121', 'Ps.23-Ps.24', 'Jude', 'Matt.5.3-Matt.6.4', 'Rom'])(
    'keeps its OSIS form: %s',
    (osis) => {
      expect(toOsis(range(osis))).toBe(osis)
    },
  )

  it.each(['Ps.151', 'Acts.29', 'Rom.8.40', 'Foo.1', 'Rom.9-Rom.8', 'Rom.0', 'Rom.8.x', ''])(
    'is not made of %s',
    (osis) => {
      expect(parseOsis(osis)).toBeNull()
    },
  )
})

describe('formatRanges', () => {
  it.each([
    ['Rom.8.28', 'Romans 8:28'],
    ['Rom.8.28 Rom.8.31-Rom.8.39 Rom.9.1', 'Romans 8:28, 31–39; 9:1'],
    ['1Cor.13.4-1Cor.13.7 1Cor.13.13', '1 Corinthians 13:4–7, 13'],
    ['Ps.23', 'Psalm 23'],
    ['Ps.23-Ps.24', 'Psalms 23–24'],
    ['Ps.119.105-Ps.119.112', 'Psalm 119:105–112'],
    ['Matt.5.3-Matt.6.4', 'Matthew 5:3–6:4'],
    ['Jude', 'Jude'],
    ['Jude.1.3', 'Jude 3'],
    ['3John.1.5', '3 John 5'],
    ['Matt.28.19-Acts.1.8', 'Matthew 28:19–Acts 1:8'],
    ['Rom.8 2Pet.3', 'Romans 8; 2 Peter 3'],
    ['Ps.1 Ps.19', 'Psalm 1; 19'],
    ['', ''],
  ])('writes %s as %s', (osis, text) => {
    expect(formatRanges(osis.split(' ').filter(Boolean).map(range))).toBe(text)
  })
})
