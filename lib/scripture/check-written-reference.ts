import { spellingDistance } from '#lib/text/spelling-distance.ts'
import { findReferences } from './find-references.ts'
import { bookNames, foldName, nearestReference } from './nearest-reference.ts'
import { splitVerseId } from './verse-range.ts'

/** What is not a Bible reference in a text that should hold only those, and the text with what may be meant. */
export type UnknownReference = { part: string; suggestion: string | null }

/** From these lengths on one letter and two letters of a book's name may be wrong. */
const MIN_LENGTH = 4
const LONG = 6

/** The number of a book, its name, and chapter and verses. */
const nameAndNumbers =
  /^((?:[1-5]|i{1,3})(?:st|nd|rd)?\.?\s+|[1-5]\s?)?(\p{L}[\p{L}\p{M} .’']*?)[\s.]*(\d.*)$/iu
/** Chapter and verses that continue the reference before. */
const onlyNumbers = /^[\d\s:.,–-]+$/
/** Letters after a verse that mean nothing there: “8a” is the first half of a verse, “8ff” begins with it. */
const strayLetters = /^(?!(?:[a-d]|ff?)(?!\p{L}))\p{L}/u

/**
 * The first part of a text that is not written as a reference, and a suggestion where the name of one book of the Bible is
 * spelled nearly so. Null if every part is a reference. Parts are divided by semicolons.
 */
export function checkWrittenReference(text: string): UnknownReference | null {
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const isKnown = (part: string, place: number): boolean =>
    isReference(part) || (place > 0 && onlyNumbers.test(part))
  const unknown = parts.find((part, place) => !isKnown(part, place))
  if (unknown === undefined) return null
  const corrected = parts.map((part, place) => (isKnown(part, place) ? part : correct(part)))
  return {
    part: unknown,
    suggestion: corrected.includes(null) ? null : corrected.join('; '),
  }
}

function isReference(part: string): boolean {
  // The name of a book alone is the whole book.
  return namesVerses(part) || (!/\p{L}.*\d/u.test(part) && namesVerses(`${part} 1`))
}

/** The parser understands common misspellings too, which would be shown as they are written. */
function namesVerses(part: string): boolean {
  const found = findReferences(part)
  const [first, last] = [found[0], found.at(-1)]
  if (!first || !last || strayLetters.test(part.slice(last.endOffset))) return false
  const [, , name] = nameAndNumbers.exec(part) ?? []
  if (name === undefined) return true
  const written = foldName(name)
  const { book } = splitVerseId(first.start)
  const own = bookNames.filter((other) => other.book.number === book)
  return (
    own.some(({ folded }) => folded.startsWith(written)) ||
    own.every(({ folded }) => spellingDistance(written, folded, mistakesIn(written)) > mistakesIn(written))
  )
}

/** How many letters of a name may be wrong. */
const mistakesIn = ({ length }: string): number => (length >= LONG ? 2 : length >= MIN_LENGTH ? 1 : 0)

/** A reference to the book with the nearest name; null if there is none, or several. */
function correct(part: string): string | null {
  const [, number = '', name, numbers] = nameAndNumbers.exec(part) ?? []
  if (name === undefined || numbers === undefined) return null
  return nearestReference({ number, name, numbers }, { mistakes: Math.max(1, mistakesIn(foldName(name))) })
}
