import { findReferences } from '#lib/scripture/find-references.ts'
import { foldName, nearestReference, type WrittenReference } from '#lib/scripture/nearest-reference.ts'
import { stemEnglish } from './stem-english.ts'
import { wordMeanings } from './word-meanings.ts'
import { isStopWord } from './words-of-text.ts'

/** From this length on two letters may be wrong, and not only one. */
const LONG = 8
/** Up to this length a wrong letter makes another word too easily: a chapter alone does not show that a book is meant. */
const SHORT = 5

/** The number of a book, one word, or two with a short one between them such as “of”, and a chapter with or without verses. */
const nameAndNumbers =
  /(?<![\p{L}\p{N}])(?<number>(?:[1-5](?:st|nd|rd)?|i{1,3}|first|second|third)\.?\s+|[1-5])?(?<of>\p{L}{3,}\s+\p{L}{2,4}\s+)?(?<name>\p{L}[\p{L}\p{M}’']{2,})\.?\s+(?:(?:chapter|ch)\.?\s+)?(?<numbers>\d{1,3}(?:\s?[:.,]\s?\d{1,3})?(?:\s?[-–]\s?\d{1,3})?)(?![\p{L}\p{N}])/giu

/**
 * The text with the reference that is probably meant, where the name of a book of the Bible is misspelled in it so that it names no
 * verses: “Romnas 8” is “Romans 8”. Null where nothing is misspelled. A word of ordinary English is never taken for the name
 * of a book: “room 3:16”, “number 4”.
 */
export function suggestReference(text: string): string | null {
  const known = findReferences(text)
  for (const { index, groups, 0: whole } of text.matchAll(nameAndNumbers)) {
    if (known.some(({ startOffset, endOffset }) => startOffset < index + whole.length && endOffset > index))
      continue
    const { number = '', of = '', name = '', numbers = '' } = groups ?? {}
    const end = index + whole.length
    const all = readMisspelled({ number, name: of + name, numbers })
    if (all !== null) return text.slice(0, index) + all + text.slice(end)
    // “The sermon of Jonh 3:16”.
    const last = of === '' ? null : readMisspelled({ number: '', name, numbers })
    if (last !== null) return text.slice(0, index + number.length + of.length) + last + text.slice(end)
  }
  return null
}

/** The reference as it is shown; null where the name is made of words, or is not near that of a book. */
function readMisspelled(written: WrittenReference): string | null {
  const name = foldName(written.name)
  const { rowOf } = wordMeanings()
  if (name.split(/\s+/).every((word) => rowOf.has(stemEnglish(word)) || isStopWord(word))) return null
  const hasVerse = /\d\D+\d/.test(written.numbers)
  return nearestReference(written, {
    mistakes: name.length >= LONG ? 2 : 1,
    allowsWrongLetter: hasVerse || name.length > SHORT,
  })
}
