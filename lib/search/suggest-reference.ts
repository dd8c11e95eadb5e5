import { findReferences } from '#lib/scripture/find-references.ts'
import {
  foldName,
  isUsualSlip,
  namedBook,
  nearestReference,
  type WrittenReference,
} from '#lib/scripture/nearest-reference.ts'
import { stemEnglish } from './stem-english.ts'
import { wordMeanings } from './word-meanings.ts'
import { isStopWord } from './words-of-text.ts'

const MISTAKES = 2
/** So many words, by how often they are used, stand between numbers too: “2 times 3”. */
const ORDINARY_WORDS = 10_000

/** The number of a book, one word, or two with a short one between them such as “of”, and a chapter with or without verses. */
const nameAndNumbers =
  /(?<![\p{L}\p{N}])(?<number>(?:[1-5](?:st|nd|rd)?|i{1,3}|first|second|third)\.?\s+|[1-5])?(?<of>\p{L}{3,}\s+\p{L}{2,4}\s+)?(?<name>\p{L}[\p{L}\p{M}’']{2,})\.?\s+(?:(?:chapter|ch)\.?\s+)?(?<numbers>\d{1,3}(?:\s?[:.,]\s?\d{1,3})?(?:\s?[-–]\s?\d{1,3})?)(?![\p{L}\p{N}])/giu

/** Whether a word, folded, is one of this library: such a word is not misspelled. */
type IsUsed = (word: string) => boolean

/**
 * The text with the reference that is probably meant, where the name of a book of the Bible is misspelled in it so that it names no
 * verses: “Romnas 8” is “Romans 8”; or where its number is missing and only one of the books has such a chapter: “Corinthians 15”. Null
 * where nothing is wrong. A word of ordinary English or of the library is never taken for a misspelled name: “room 3:16”, “number 4”.
 */
export function suggestReference(text: string, isUsed: IsUsed): string | null {
  const known = findReferences(text)
  for (const { index, groups, 0: whole } of text.matchAll(nameAndNumbers)) {
    if (known.some(({ startOffset, endOffset }) => startOffset < index + whole.length && endOffset > index))
      continue
    const { number = '', of = '', name = '', numbers = '' } = groups ?? {}
    const end = index + whole.length
    const all = readMisspelled({ number, name: of + name, numbers }, isUsed)
    if (all !== null) return text.slice(0, index) + all + text.slice(end)
    // “The sermon of Jonh 3:16”.
    const last = of === '' ? null : readMisspelled({ number: '', name, numbers }, isUsed)
    if (last !== null) return text.slice(0, index + number.length + of.length) + last + text.slice(end)
  }
  return null
}

/** The reference as it is shown; null where the name is made of words, or is not near that of a book. */
function readMisspelled(written: WrittenReference, isUsed: IsUsed): string | null {
  if (namedBook(written)) return null
  const { rowOf } = wordMeanings()
  const words = foldName(written.name).split(/\s+/)
  const isNumbered = written.number !== ''
  // “1 Jon 3” is a book, also where a person has the name.
  const isWord = isNumbered
    ? (word: string) => (rowOf.get(stemEnglish(word)) ?? ORDINARY_WORDS) < ORDINARY_WORDS
    : (word: string) => rowOf.has(stemEnglish(word)) || isUsed(word)
  const isOrdinary = () => words.every((word) => isStopWord(word) || isWord(word))
  const isCertain = isNumbered || /\d\D+\d/.test(written.numbers)
  return nearestReference(written, {
    mistakes: MISTAKES,
    accepts: (near) =>
      near.distance === 0 ? near.lacksNumber : isUsualSlip(near, { isCertain }) && !isOrdinary(),
  })
}
