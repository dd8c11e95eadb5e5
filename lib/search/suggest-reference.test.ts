import { describe, expect, it, test } from 'vitest'
import { bibleBooks } from '#lib/scripture/bible-books.ts'
import { checkWrittenReference } from '#lib/scripture/check-written-reference.ts'
import { findReferences } from '#lib/scripture/find-references.ts'
import { splitVerseId } from '#lib/scripture/verse-range.ts'
import { suggestReference as suggestIn } from './suggest-reference.ts'

const suggestReference = (text: string) => suggestIn(text, () => false)

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
    ['1 Jon 3', '1 John 3'],
    ['Ephisans 2:8', 'Ephesians 2:8'],
    ['Corinthians 15', '1 Corinthians 15'],
    ['what is Corintians 15:3 about', 'what is 1 Corinthians 15:3 about'],
  ])('“%s” may mean “%s”', (text, meant) => expect(suggestReference(text)).toBe(meant))

  it.each(['Jonh 3:16', 'Pslam 23', 'Revalation 3:20', '1 Jonh 4:8'])(
    '“%s” is understood as it is written, so searches and questions find its verses',
    (text) => {
      expect(findReferences(text)).toHaveLength(1)
      expect(suggestReference(text)).toBeNull()
    },
  )

  it.each([
    'John 3:16',
    'Psalm 23',
    'Jude 3',
    'Römer 8,28',
    '1 Mose 3',
    'Acts 99',
    'Romnas 99',
    'Corinthians 13',
    'Peter 5:7',
  ])('nothing is suggested for “%s”', (text) => expect(suggestReference(text)).toBeNull())

  it.each(['Nehemiah 14:1', 'Jeremiah 10:30', 'Zephaniah 9:1', 'Jeremías 10:30', 'Nehemah 14:1'])(
    'another book is no help where the one that is named has no such verse: “%s”',
    (text) => expect(suggestReference(text)).toBeNull(),
  )

  it('does not take names of people and words of other languages for misspelled books', () => {
    const words =
      `Danielle Daniela Daniele Danielson Johansen Johanna Johann Jaques Jacqueline Philippa Philippe Philipp Filippo Numéro Nombre Salomo
      Salome Joelle Joella Joanne Jonas Jonathan Josh Joshi Ruthie Markus Marco Marcus Lucas Luca Lucia Timo Timmy Titusz Esterházy
      Estelle Hosni Amosov Micaela Michaela Mikah Isa Isabel Jeremy Jeremie Ezequiel Ezra Nehama Zach Zachary Zachariasz Malakai Malala
      Petra Petersen Pietro Samuela Samuelson Jamesina Jamie Judith Judy Roman Romana Romano Galatea Hebert Hagen Naomi Nahla`.split(
        /\s+/,
      )
    const found = words
      .flatMap((word) => [`${word} 3`, `${word} 3:16`, `${word} 10:30`])
      .filter((text) => findReferences(text).length === 0)
      .flatMap((text) => suggestReference(text) ?? [])
    expect(found).toEqual([])
  })

  it('does not take a word of the library for a misspelled book, unless the number of a book is before it', () => {
    expect(suggestReference('Danyel 3')).toBe('Daniel 3')
    expect(suggestIn('Danyel 3', (word) => word === 'danyel')).toBeNull()
    expect(suggestIn('1 Jon 3', (word) => word === 'jon')).toBe('1 John 3')
    expect(suggestIn('Corinthians 15', () => true)).toBe('1 Corinthians 15')
  })

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

/** A slip that makes the name of another book in another language. */
const unclear = ['almos']
/** Names in other languages are many: a part of their slips is enough. */
const FOREIGN_STEP = 7

test('the name of a book with one slip never leads to another book, and mostly to this one', () => {
  const wrong: string[] = []
  const count = { offered: 0, unknown: 0 }
  for (const { number, name, otherNames } of bibleBooks) {
    const foreign = Object.values(otherNames).flat()
    const foreignSlips = foreign.flatMap((one) => [...slipsIn(one)])
    const written = [...slipsIn(name), ...foreignSlips.filter((_, place) => place % FOREIGN_STEP === 0)]
    for (const text of written.filter((slip) => !unclear.includes(slip)).map((slip) => `${slip} 1:1`)) {
      // What is understood as it is written is not misspelled.
      if (findReferences(text).length > 0) continue
      const searched = suggestReference(text)
      if (searched !== null && bookOf(searched) !== number) wrong.push(`${text} in a search: ${searched}`)
      count[searched === null ? 'unknown' : 'offered'] += 1
      const field = checkWrittenReference(text)?.suggestion ?? null
      if (field !== null && bookOf(field) !== number) wrong.push(`${text} in a field: ${field}`)
    }
  }
  expect(wrong).toEqual([])
  expect(count.offered / (count.offered + count.unknown)).toBeGreaterThan(0.8)
})

/** Verses and chapters that most books do not have. */
const beyond = ['10:30', '14:1', '1:90', '160:1']

test('the name of a book that is spelled rightly never leads to another book', () => {
  const wrong: string[] = []
  for (const book of bibleBooks) {
    for (const name of new Set([book.name, ...Object.values(book.otherNames).flat()])) {
      for (const numbers of [...beyond, `${book.verses.length + 1}`]) {
        const text = `${name} ${numbers}`
        const suggested = [suggestReference(text), checkWrittenReference(text)?.suggestion ?? null]
        for (const one of suggested)
          if (one !== null && bookOf(one) !== book.number) wrong.push(`${text}: ${one}`)
      }
    }
  }
  expect(wrong).toEqual([])
})
