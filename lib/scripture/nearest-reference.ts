import { spellingDistance } from '#lib/text/spelling-distance.ts'
import { type BibleBook, bibleBooks, chapterName } from './bible-books.ts'
import { findReferences } from './find-references.ts'
import { formatRanges } from './format-references.ts'

/** A reference with the name of its book as it is spelled: `1 `, `Jonh` and `3:16`. */
export type WrittenReference = { number: string; name: string; numbers: string }

/** In shorter names only letters that changed places are recognised. */
const MIN_LENGTH = 4

type Near = { book: BibleBook; distance: number; slip: number; isForeign: boolean }

/**
 * The reference to the book whose name is spelled nearly so, with at most so many letters wrong, as it is shown. Among
 * several the one with the most usual slip is meant. Null if there is none, if two are equally near, and if the book has no such
 * chapter.
 */
export function nearestReference(
  written: WrittenReference,
  { mistakes, allowsWrongLetter = true }: { mistakes: number; allowsWrongLetter?: boolean },
): string | null {
  const numbers = /^[\d\s:.,–-]*\d/.exec(written.numbers)?.[0] ?? written.numbers
  const near = nearBooks(written, mistakes).filter(({ slip }) => allowsWrongLetter || slip !== WRONG_LETTER)
  const possible = near.flatMap((one) => {
    const found = findReferences(`${one.book.name} ${numbers}`)
    return found.length === 0 ? [] : [{ ...one, reference: formatRanges(found) }]
  })
  const [first] = possible.toSorted(compareNear)
  if (!first) return null
  const isClear = possible.every(({ book, ...near }) => book === first.book || compareNear(near, first) > 0)
  return isClear ? first.reference : null
}

const compareNear = (one: Omit<Near, 'book'>, other: Omit<Near, 'book'>) =>
  one.distance - other.distance || one.slip - other.slip || Number(one.isForeign) - Number(other.isForeign)

function nearBooks({ number, name }: WrittenReference, mistakes: number): Near[] {
  const volume = volumeOf(number)
  const written = foldName(name)
  return bookNames
    .filter((one) => one.volume === volume)
    .map(({ book, folded, isForeign }) => ({
      ...{ book, isForeign, slip: slipOf(written, folded) },
      distance: spellingDistance(written, folded, mistakes),
    }))
    .filter(({ distance, slip }) => distance <= mistakes && (written.length >= MIN_LENGTH || slip === 0))
}

/** The number of a book, as written: `2nd `, `II` or `second`. */
function volumeOf(written: string): string {
  const word = written.replace(/\W/g, '').toLowerCase()
  const place = ['first', 'second', 'third'].indexOf(word)
  if (word === '') return ''
  return /\d/.exec(word)?.[0] ?? `${place === -1 ? word.length : place + 1}`
}

const WRONG_LETTER = 3

/** How unusual a slip is: letters that changed places, a letter that is doubled or single, one more or less, a wrong one. */
function slipOf(written: string, name: string): number {
  if (sorted(written) === sorted(name)) return 0
  if (single(written) === single(name)) return 1
  return written.length === name.length ? WRONG_LETTER : 2
}

const sorted = (word: string) => [...word].toSorted().join('')
const single = (word: string) => word.replace(/(.)\1+/gu, '$1')

/** The letters of a name, in lower case and without accents. */
export const foldName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^\p{L}\s]/gu, '')
    .toLowerCase()
    .trim()

/** Every name of every book, without its number. */
export const bookNames = bibleBooks.flatMap((book) => {
  const toName = (isForeign: boolean) => (name: string) => {
    const [, volume = '', base = name] = /^([1-5]) (.+)$/.exec(name) ?? []
    return { book, volume, folded: foldName(base), isForeign }
  }
  return [
    ...[...new Set([book.name, chapterName(book)])].map(toName(false)),
    ...Object.values(book.otherNames).flat().map(toName(true)),
  ]
})
