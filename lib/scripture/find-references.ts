import { bcv_parser } from 'bible-passage-reference-parser/esm/bcv_parser.js'
import * as english from 'bible-passage-reference-parser/esm/lang/en.js'
import { bibleBooks, bookByNumber, bookByOsis } from './bible-books.ts'
import { chainEdits, editsOf, editText } from './edit-text.ts'
import { judgeMatch } from './judge-match.ts'
import { parseForeign } from './parse-foreign.ts'
import { BARRIER, tidyWritten } from './tidy-written.ts'
import {
  bookRange,
  chapterRange,
  isPossible,
  rangeShape,
  splitVerseId,
  toOsis,
  type VerseRange,
  verseId,
} from './verse-range.ts'
import { writeSpoken } from './write-spoken.ts'

/** A reference found in a text. `start` and `end` are offsets in UTF-16 code units, `end` excluded. */
export type FoundReference = VerseRange & { osis: string; startOffset: number; endOffset: number }

const parser = new bcv_parser(english)
parser.set_options({
  sequence_combination_strategy: 'separate',
  consecutive_combination_strategy: 'separate',
})

// A number in digits, in words or in Roman numerals. Without a number there is no chapter.
const mayHoldNumber =
  /\d|\b[ivxlc]+\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+teenth|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|first|second|third|\w+(?:f|n|x|s|h)th)\b/i
const leadIn =
  /^(?:the\s+)?(?:gospel\s+(?:of|according\s+to)\s+|.*?\b(?:of|in|from)\s+(?:the\s+book\s+of\s+)?|\d+(?:st|nd|rd|th)\s+(?=ps))/iu
const bookName =
  /^(?:[123](?:\s?(?:st|nd|rd))?\.?\s*|i{1,3}\.?\s+|(?:first|second|third)\s+)?\p{L}[\p{L}.' ]*/iu
const counted = /^\s+(?:people|persons?|others?|more|men|women|years|days|weeks|times|of)\b/i

type Candidate = VerseRange & { from: number; to: number; hasName: boolean }

/**
 * Finds the Bible references in a text, in order: written ("Rom 8:28, 31-39", "1st John 4", "Jn3.16") and spoken
 * ("first Corinthians thirteen four through seven"). Leaves out impossible references ("Psalm 151") and words that
 * only look like a reference ("Sunday AM 10-03").
 */
export function findReferences(source: string): FoundReference[] {
  if (!mayHoldNumber.test(source)) return findWholeBook(source)
  const tidied = tidyWritten(source)
  const written = chainEdits(tidied, writeSpoken(tidied.text))
  // "from Genesis 1 to Revelation 22" names two places; a dash would make it a range.
  const edited = chainEdits(
    written,
    editText(
      written.text,
      editsOf(
        written.text,
        /(?<=\d)\sto\s(?=(?:[123]\s?)?\p{L}{3,})(?!\s?(?:verse|chapter))/giu,
        () => ` ${BARRIER} `,
      ),
    ),
  )
  const foreign = parseForeign(edited.text).flatMap(({ osis, start, end }): Candidate[] => {
    const range = parseOsis(osis)
    return range ? [{ ...range, from: start, to: end, hasName: true }] : []
  })
  const candidates = [...foreign, ...findEnglish(edited.text, foreign)].toSorted((a, b) => a.from - b.from)
  if (candidates.length === 0) return findWholeBook(source)
  return joinNeighbours(candidates).map(({ start, end, from, to }) => {
    const { start: startOffset, end: endOffset } = edited.original(from, to)
    return { start, end, osis: toOsis({ start, end }), startOffset, endOffset }
  })
}

/** The matches of the English parser that `judgeMatch` accepts. */
function findEnglish(text: string, taken: readonly Candidate[]): Candidate[] {
  const found: Candidate[] = []
  let isLeadMeant = false
  for (const { osis, indices } of parser.parse(text).osis_and_indices()) {
    const [start, end] = indices
    const from = start + (/^the\s+/i.exec(text.slice(start, end))?.[0].length ?? 0)
    // The verse after a comma was read with its chapter.
    if (from < (found.at(-1)?.to ?? 0)) continue
    if (taken.some((other) => from < other.to && end > other.from)) continue
    const whole = withoutTranslation(text.slice(from, end))
    const parsed = parseOsis(osis)
    if (!parsed) continue
    const chapter = withoutCount(whole, text.slice(from + whole.length))
    const written = chapter ?? whole
    const range =
      chapter !== null ? chapterOf(parsed) : /\d\s?f\.?$/.test(written) ? endAfterNext(parsed) : parsed
    const to = from + written.length
    const name = nameIn(written)
    if (name === null) {
      const before = text.slice(0, from)
      const counts = /\band\s*$/i.test(before) && counted.test(text.slice(to))
      if (isLeadMeant && !counts && !/-\s*$/.test(before)) found.push({ ...range, from, to, hasName: false })
      continue
    }
    const meant = extendByComma(range, { text, to })
    isLeadMeant = isMeant({ text, written, range, from, to, name })
    if (isLeadMeant) found.push({ ...meant, from, hasName: true })
  }
  return found
}

/** The book's name as written, or `null` if the reference continues the previous one. */
function nameIn(written: string): string | null {
  const name = bookName.exec(written)?.[0]
  const inner = bookName.exec(written.replace(leadIn, ''))?.[0]
  const isLed = /^(?:the\b|ch|\d+(?:st|nd|rd|th)\s+(?:ch|ps)|gospel)/i.test(written)
  const chosen = isLed ? inner : name
  return chosen !== undefined &&
    /\p{L}{2}/u.test(chosen) &&
    !/^(?:chapters?|ch|verses?|vv|ff)\b/i.test(chosen)
    ? chosen
    : null
}

function isMeant({
  text,
  written,
  range,
  from,
  to,
  name,
}: {
  text: string
  written: string
  range: VerseRange
  from: number
  to: number
  name: string
}): boolean {
  const { book: number } = splitVerseId(range.start)
  const book = bookByNumber(number)
  if (!book) return false
  const numbers = written.slice(written.indexOf(name) + name.length)
  const after = text.slice(to, to + 40)
  // "John, 3, plays": an age.
  if (/^\s*,\s*\d+$/.test(numbers)) return false
  // A game console.
  if (/^PS\d/.test(written)) return false
  // "Romans v 2" is a version; "Psalm 117 v 9" names a verse that does not exist.
  if (book.verses.length > 1 && /^\s*v(?:v|erses?)?\.?\s*\d+$/i.test(numbers)) return false
  if (/^\s*(?::|v(?:v|erses?)?\.?)\s*\d/i.test(after)) return false
  return judgeMatch({
    name,
    isNumbered: /^[123]/.test(book.osis),
    hasVerse: /\d\D+\d/.test(numbers) || /\b(?:v|chapter)/i.test(numbers),
    before: text.slice(Math.max(0, from - 40), from),
    after,
  })
}

/** "Romans 8 5 times": the chapter as written, where the second number counts what follows; else `null`. */
function withoutCount(written: string, after: string): string | null {
  const count = /(?<=\p{L}\.?\s?\d+)\s+\d+$/u.exec(written)
  return count && counted.test(after) ? written.slice(0, count.index) : null
}

function chapterOf({ start }: VerseRange): VerseRange {
  const { book, chapter } = splitVerseId(start)
  return {
    start: verseId(book, chapter, 1),
    end: start - (start % 1000) + (bookByNumber(book)?.verses[chapter - 1] ?? 1),
  }
}

/** "Galatians 5:22f" is that verse and the next one, where there is one. */
function endAfterNext({ start, end }: VerseRange): VerseRange {
  return { start, end: Math.min(end, start + 1) }
}

/** "Romans 8,28": a number directly after the comma is the verse, unless it is the next chapter of a list. */
function extendByComma(
  range: VerseRange,
  { text, to }: { text: string; to: number },
): VerseRange & { to: number } {
  const follows = /^,(\d{1,3})(?:-(\d{1,3}))?(?![\d:]|,\d)/.exec(text.slice(to))
  const { book, chapter } = splitVerseId(range.start)
  const verse = Number(follows?.[1])
  const isChapter = rangeShape(range).shape === 'chapters' && splitVerseId(range.end).chapter === chapter
  if (!follows || !isChapter || verse === chapter + 1) return { ...range, to }
  const verses = {
    start: verseId(book, chapter, verse),
    end: verseId(book, chapter, Number(follows[2] ?? verse)),
  }
  return isPossible(verses) ? { ...verses, to: to + follows[0].length } : { ...range, to }
}

/** Joins a list of neighbours into one range: "Eph 2:8, 9", "Matthew 5, 6 and 7". */
function joinNeighbours(candidates: readonly Candidate[]): Candidate[] {
  const joined: Candidate[] = []
  for (const candidate of candidates) {
    const previous = joined.at(-1)
    if (previous && !candidate.hasName && isNext(previous, candidate)) {
      joined[joined.length - 1] = { ...previous, end: candidate.end, to: candidate.to }
    } else joined.push(candidate)
  }
  return joined
}

function isNext(one: VerseRange, next: VerseRange): boolean {
  const [end, start] = [splitVerseId(one.end), splitVerseId(next.start)]
  if (end.book !== start.book) return false
  const [shape, nextShape] = [rangeShape(one).shape, rangeShape(next).shape]
  if (shape !== nextShape) return false
  return shape === 'chapters' ? start.chapter === end.chapter + 1 : next.start === one.end + 1
}

/** Ways to write the number of a book, by its number. */
const volumes = ['', '1(?:st)?|i|first', '2(?:nd)?|i{2}|second', '3(?:rd)?|i{3}|third']
const oneChapterBook = new RegExp(
  `^[\\s¤._-]*(${bibleBooks
    .filter(({ verses }) => verses.length === 1)
    .map(({ name }) => name.replace(/^(\d) /, (_, n) => `(?:${volumes[Number(n)]})[ ._-]*`))
    .join('|')})[\\s¤._-]*$`,
  'i',
)

/** A text that is only the name of a book with one chapter, such as the file "Jude.mp3". */
function findWholeBook(source: string): FoundReference[] {
  const tidied = tidyWritten(source)
  const match = oneChapterBook.exec(tidied.text)
  if (!match?.[1]) return []
  const written = match[1]
    .toLowerCase()
    .replace(/^i+(?=[^a-z])/, (roman) => `${roman.length}`)
    .replace(/^(\d)(?:st|nd|rd)/, '$1')
    .replace(/^second/, '2')
    .replace(/^third/, '3')
  const letters = written.replace(/[^a-z0-9]/g, '')
  const book = bibleBooks.find(({ name }) => name.toLowerCase().replace(' ', '') === letters)
  if (!book) return []
  const from = tidied.text.indexOf(match[1])
  const { start: startOffset, end: endOffset } = tidied.original(from, from + match[1].length)
  const range = bookRange(book)
  return [{ ...range, osis: toOsis(range), startOffset, endOffset }]
}

const withoutTranslation = (written: string) => written.replace(/[\s,(]+(?:[A-Z]{2,6}|lxx)\)?$/, '')

/** Parses an OSIS reference such as `Phil.4.6-Phil.4.7` to a range; `null` if it does not exist. */
export function parseOsis(osis: string): VerseRange | null {
  const [from, to = from] = osis.split('-')
  const first = parseOsisEnd(from ?? '')
  const last = parseOsisEnd(to ?? '')
  if (!first || !last) return null
  const range = { start: first.start, end: last.end }
  return isPossible(range) ? range : null
}

function parseOsisEnd(osis: string): VerseRange | null {
  const [name = '', chapter, verse] = osis.split('.')
  const book = bookByOsis(name)
  if (!book) return null
  if (chapter === undefined) return bookRange(book)
  if (verse === undefined) return chapterRange(book, Number(chapter)) ?? null
  const id = verseId(book.number, Number(chapter), Number(verse))
  return Number.isInteger(id) ? { start: id, end: id } : null
}
