import { spellingDistance } from '#lib/text/spelling-distance.ts'
import { type BibleBook, bibleBooks, bookByNumber, chapterName } from './bible-books.ts'
import { findReferences } from './find-references.ts'
import { formatRanges } from './format-references.ts'
import { splitVerseId } from './verse-range.ts'

/** A reference with the name of its book as it is spelled: `1 `, `Jonh` and `3:16`. */
export type WrittenReference = { number: string; name: string; numbers: string }

/** A name of a book that is spelled nearly like the written one; both are folded. */
export type NearName = {
  written: string
  folded: string
  /** How many letters are wrong. */
  distance: number
  isForeign: boolean
  /** The book has a number, such as 1 or 2, which is not written. */
  lacksNumber: boolean
}

/** In shorter names only letters that changed places are recognised, unless the book has a number. */
const MIN_LENGTH = 4
/** From this length on a name belongs to no person and is no ordinary word, so its number may be left out. */
const DISTINCT = 9

type Near = NearName & { book: BibleBook; slip: number }

/**
 * The reference to the book whose name is spelled nearly so, with at most so many letters wrong, as it is shown. Among
 * several the one with the most usual slip is meant. Null if there is none, if `accepts` refuses its name, and if it has no such
 * chapter: another book is offered only if it is as near.
 */
export function nearestReference(
  written: WrittenReference,
  { mistakes, accepts = () => true }: { mistakes: number; accepts?: (near: NearName) => boolean },
): string | null {
  const numbers = /^[\d\s:.,–-]*\d/.exec(written.numbers)?.[0] ?? written.numbers
  const inBook = (book: BibleBook) => formatFound(`${book.name} ${numbers}`)
  const named = namedBook(written)
  if (named) return inBook(named)
  const [first, ...others] = nearNames(written, mistakes).toSorted(compareNear)
  if (!first) return null
  const nearest = [first, ...others.filter((other) => compareNear(other, first) === 0)].filter(accepts)
  const found = new Set(nearest.map(({ book }) => inBook(book)).filter((reference) => reference !== null))
  const [only = null] = found.size === 1 ? found : []
  return only
}

function formatFound(text: string): string | null {
  const found = findReferences(text)
  return found.length === 0 ? null : formatRanges(found)
}

/**
 * The book whose name, abbreviation or common misspelling is written, so that no other one is meant, even where this one has no such
 * chapter.
 */
export function namedBook({ number, name }: Omit<WrittenReference, 'numbers'>): BibleBook | null {
  const [found] = findReferences(`${number.trim()} ${name} 1`.trim())
  return found?.startOffset === 0 ? (bookByNumber(splitVerseId(found.start).book) ?? null) : null
}

const compareNear = (one: Near, other: Near) =>
  one.distance - other.distance || one.slip - other.slip || Number(one.isForeign) - Number(other.isForeign)

function nearNames({ number, name }: WrittenReference, mistakes: number): Near[] {
  const volume = volumeOf(number)
  const written = foldName(name)
  return bookNames
    .map(({ volume: own, ...one }) => ({
      ...{ ...one, written, lacksNumber: own !== volume, slip: slipOf(written, one.folded) },
      isPossible: own === volume || (volume === '' && !one.isForeign && one.folded.length >= DISTINCT),
      distance: spellingDistance(written, one.folded, mistakes),
    }))
    .filter(
      ({ distance, slip, isPossible }) =>
        isPossible && distance <= mistakes && (written.length >= MIN_LENGTH || volume !== '' || slip === 0),
    )
}

/** The number of a book, as written: `2nd `, `II` or `second`. */
function volumeOf(written: string): string {
  const word = written.replace(/\W/g, '').toLowerCase()
  const place = ['first', 'second', 'third'].indexOf(word)
  if (word === '') return ''
  return /\d/.exec(word)?.[0] ?? `${place === -1 ? word.length : place + 1}`
}

/** How unusual a slip is: letters that changed places, a letter that is doubled or single, one more or less, a wrong one. */
function slipOf(written: string, name: string): number {
  if (sorted(written) === sorted(name)) return 0
  if (single(written) === single(name)) return 1
  return written.length === name.length ? 3 : 2
}

const sorted = (word: string) => [...word].toSorted().join('')
const single = (word: string) => word.replace(/(.)\1+/gu, '$1')

/** At least so long a name has few others near it. */
const LONG = 8
/** Up to this length one letter makes another name too easily. */
const SHORT = 5

/**
 * Whether this may be the name of a book with a usual slip of typing: neighbours changed places, or one letter inside is
 * doubled, missing, too many or wrong, and in long names two. Another ending makes another name, such as “Danielle”. In short names
 * most slips count only where `isCertain` says that a book is meant.
 */
export function isUsualSlip(
  { written, folded, distance, isForeign }: NearName,
  { isCertain }: { isCertain: boolean },
): boolean {
  const { length } = folded
  const keepsStart = written[0] === folded[0]
  const isDoubled = single(written) === single(folded)
  if (isDoubled && (length > SHORT || isCertain || written.at(-2) !== written.at(-1))) return true
  if (distance > 1) return !isForeign && length > LONG && keepsStart && written.slice(-2) === folded.slice(-2)
  if (sorted(written) === sorted(folded)) return keepsStart || !isForeign
  if (isForeign && (length < LONG || !keepsStart)) return false
  const hasOtherEnd = written.startsWith(folded) || written.slice(0, length - 1) === folded.slice(0, -1)
  if (hasOtherEnd) return !isForeign && length >= LONG && written.length < length
  if (!keepsStart) return length >= LONG || (length > SHORT && isCertain)
  return length > SHORT || isCertain
}

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
