import { describe, expect, it, test } from 'vitest'
import { bibleBooks } from '#lib/scripture/bible-books.ts'
import { checkWrittenReference } from '#lib/scripture/check-written-reference.ts'
import { findReferences } from '#lib/scripture/find-references.ts'
import { foldName } from '#lib/scripture/nearest-reference.ts'
import { splitVerseId } from '#lib/scripture/verse-range.ts'
import { stemEnglish } from './stem-english.ts'
import { suggestReference } from './suggest-reference.ts'
import { wordMeanings } from './word-meanings.ts'
import { isStopWord } from './words-of-text.ts'

describe('a reference whose book is misspelled', () => {
  it.each([
    ['Romnas 8', 'Romans 8'],
    ['what does Romnas 8:28 mean?', 'what does Romans 8:28 mean?'],
    ['the sermon of Lkue 15:11-32', 'the sermon of Luke 15:11–32'],
    ['1 Corinhtians 13 and love', '1 Corinthians 13 and love'],
    ['second Timthy 2', '2 Timothy 2'],
    ['Acst chapter 2', 'Acts 2'],
    ['Jbo 3', 'Job 3'],
    ['Jaun 3:16', 'John 3:16'],
    ['Römre 8,28', 'Romans 8:28'],
  ])('“%s” may mean “%s”', (text, meant) => expect(suggestReference(text)).toBe(meant))

  it.each(['Jonh 3:16', 'Pslam 23', 'Revalation 3:20', '1 Jonh 4:8'])(
    '“%s” is understood as it is written, so searches and questions find its verses',
    (text) => {
      expect(findReferences(text)).toHaveLength(1)
      expect(suggestReference(text)).toBeNull()
    },
  )

  it.each(['John 3:16', 'Psalm 23', 'Jude 3', 'Römer 8,28', '1 Mose 3', 'Acts 99', 'Romnas 99'])(
    'nothing is suggested for “%s”',
    (text) => expect(suggestReference(text)).toBeNull(),
  )

  it('suggests nothing for ordinary words with numbers, also those that are like the name of a book', () => {
    const words =
      `room rooms roman act acts fact facts cats judge judges number numbers job jobs joke game games name names lake like
      luck duke mary march mart mask dark bark jail jeans join june july king kings human genius lament proverb psalter nose hose hope
      title ruth truth earth extra song songs tithe time mice mica magic music peter jacob joseph thomas philip michael andrew martin
      day part page week verse chapter section lesson hymn question level top grade year hour minute person people church sermon series
      episode volume track unit exodus leviticus hebrew ephesian titan colossal revelations relation elevation geniuses ten eleven lord
      god jesus christ spirit grace faith love mercy peace prayer covid phase exercise group table figure step room phone version
      vol no jan feb mar apr jun jul aug sept oct nov dec am pm age kid dad`.split(/\s+/)
    const found = words
      .flatMap((word) => [`${word} 3`, `${word} 3:16`, `the ${word} 4`])
      .filter((text) => findReferences(text).length === 0)
      .filter((text) => suggestReference(text) !== null)
    expect(found).toEqual([])
  })
})

/** All ways to change two neighbours of a name, to leave one letter out and to double one. */
function* slipsIn(name: string): Generator<string> {
  const start = /^[1-3] /.test(name) ? 2 : 0
  for (let at = start; at < name.length; at += 1) {
    const [before, letter = '', next = '', after] = [
      name.slice(0, at),
      name[at],
      name[at + 1],
      name.slice(at + 1),
    ]
    if (!/\p{L}/u.test(letter)) continue
    yield before + after
    yield before + letter + letter + after
    if (/\p{L}/u.test(next) && next !== letter) yield before + next + letter + name.slice(at + 2)
  }
}

const bookOf = (reference: string) => {
  const [found] = findReferences(reference)
  return found ? splitVerseId(found.start).book : null
}

/** Slips that are as near to another book: “Judge” lacks a letter of Judges and has one more than Jude. */
const unclear = ['Judes', 'Judge', 'almos', 'Samos', 'Jonh']
/** Names in other languages are many: a part of their slips is enough. */
const FOREIGN_STEP = 7

test('the name of a book with one slip leads to the book, unless it names another one', () => {
  const wrong: string[] = []
  let checked = 0
  for (const { number, name, otherNames } of bibleBooks) {
    const foreign = Object.values(otherNames).flat()
    const written = [
      ...slipsIn(name),
      ...foreign.flatMap((one) => [...slipsIn(one)]).filter((_, place) => place % FOREIGN_STEP === 0),
    ]
    for (const slip of written) {
      // Three letters are too few to tell.
      if (foldName(slip).length < 4 || unclear.includes(slip)) continue
      checked += 1
      const text = `${slip} 1:1`
      const field = checkWrittenReference(text)
      const found = bookOf(field === null ? text : (field.suggestion ?? ''))
      if (found !== number) wrong.push(`${text} in a field: ${found}`)
      // In a search ordinary words are no names.
      const words = foldName(slip).split(' ')
      const isName = words.some((word) => !wordMeanings().rowOf.has(stemEnglish(word)) && !isStopWord(word))
      const searched = bookOf(findReferences(text).length > 0 ? text : (suggestReference(text) ?? ''))
      if (isName && searched !== number) wrong.push(`${text} in a search: ${searched}`)
    }
  }
  expect(checked).toBeGreaterThan(1500)
  expect(wrong).toEqual([])
})
