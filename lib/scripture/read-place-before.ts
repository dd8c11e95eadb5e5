import type { BibleBook } from './bible-books.ts'
import {
  isChapterWord,
  isVerseWord,
  rangeWord,
  readNumbers,
  readOrdinal,
  type Token,
} from './number-words.ts'
import { joinNumbers } from './split-numbers.ts'

/** A place in a book that is said before the book's name. */
type Place = { written: string; start: number; isChapter: boolean }
type Numbers = { from: number; to: number | null; next: number }

/**
 * The chapter or verses that end directly before the word "of" in front of a book: "the fourteenth chapter of John",
 * "chapters one and two of Genesis", "chapter three verse sixteen of John", "verse nine of Jude".
 */
export function readPlaceBefore(tokens: readonly Token[], of: number, book: BibleBook): Place | null {
  for (let at = Math.max(0, of - 10); at < of; at += 1) {
    const token = tokens[at]
    const place = token ? readPlace(tokens, at, of, book) : null
    if (token && place) return { ...place, start: token.start }
  }
  return null
}

function readPlace(
  tokens: readonly Token[],
  at: number,
  of: number,
  { verses }: BibleBook,
): Omit<Place, 'start'> | null {
  if (isVerseWord(tokens[at]) && verses.length === 1) {
    const numbers = readRange(tokens, at + 1)
    return numbers?.next === of ? { written: `1:${write(numbers)}`, isChapter: false } : null
  }
  const ordinal = readOrdinal(tokens, at)
  if (ordinal && isChapterWord(tokens[ordinal.next])) {
    const { value } = ordinal.atom
    const isPlace = ordinal.next + 1 === of && verses[value - 1] !== undefined
    return isPlace ? { written: `${value}`, isChapter: true } : null
  }
  if (!isChapterWord(tokens[at])) return null
  const chapters = readRange(tokens, at + 1)
  if (!chapters || verses[(chapters.to ?? chapters.from) - 1] === undefined) return null
  if (chapters.next === of) return { written: write(chapters), isChapter: chapters.to === null }
  const verseWord = tokens[chapters.next]?.text === 'and' ? chapters.next + 1 : chapters.next
  const inChapter = isVerseWord(tokens[verseWord]) ? readRange(tokens, verseWord + 1) : null
  return chapters.to === null && inChapter?.next === of
    ? { written: `${chapters.from}:${write(inChapter)}`, isChapter: false }
    : null
}

const write = ({ from, to }: Numbers) => (to === null ? `${from}` : `${from}-${to}`)

/** "five", "five to seven", "five and six". */
function readRange(tokens: readonly Token[], at: number): Numbers | null {
  const first = readNumbers(tokens, at)
  if (first.atoms.length === 0) return null
  const from = joinNumbers(first.atoms)
  const joins = tokens[first.next]
  const isDash = /^\s*[-–—]\s*$/.test(joins?.before ?? '')
  if (!isDash && !rangeWord.test(joins?.text ?? '') && joins?.text !== 'and')
    return { from, to: null, next: first.next }
  const last = readNumbers(tokens, isDash ? first.next : first.next + 1)
  const to = joinNumbers(last.atoms)
  const isRange = joins?.text === 'and' ? to === from + 1 : to > from
  return isRange ? { from, to, next: last.next } : { from, to: null, next: first.next }
}
