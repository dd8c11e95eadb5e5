import { type BibleBook, bookByNumber } from './bible-books.ts'

/**
 * A verse as one sortable integer: book × 1,000,000 + chapter × 1,000 + verse, so that Romans 8:28 is
 * 45008028.
 */
export type VerseId = number

/** A run of verses, both ends included. */
export type VerseRange = { start: VerseId; end: VerseId }

/** The id of a verse, without a check that the verse exists. */
export function verseId(book: number, chapter: number, verse: number): VerseId {
  return book * 1_000_000 + chapter * 1000 + verse
}

/** Book, chapter and verse of an id. */
export function splitVerseId(id: VerseId): { book: number; chapter: number; verse: number } {
  return { book: Math.floor(id / 1_000_000), chapter: Math.floor(id / 1000) % 1000, verse: id % 1000 }
}

/** The verses of a chapter, or `undefined` if the book has no such chapter. */
export function chapterRange(book: BibleBook, chapter: number): VerseRange | undefined {
  const verses = book.verses[chapter - 1]
  if (verses === undefined) return undefined
  return { start: verseId(book.number, chapter, 1), end: verseId(book.number, chapter, verses) }
}

/** All verses of a book. */
export function bookRange(book: BibleBook): VerseRange {
  return {
    start: verseId(book.number, 1, 1),
    end: verseId(book.number, book.verses.length, book.verses.at(-1) ?? 1),
  }
}

/** Whether both ends exist and are in order. */
export function isPossible({ start, end }: VerseRange): boolean {
  return start <= end && verseExists(start) && verseExists(end)
}

function verseExists(id: VerseId): boolean {
  const { book, chapter, verse } = splitVerseId(id)
  const verses = bookByNumber(book)?.verses[chapter - 1]
  return verses !== undefined && verse >= 1 && verse <= verses
}

/** Whether every verse of `inner` is in `outer`: Romans 8–10 contains Romans 9. */
export function containsRange(outer: VerseRange, inner: VerseRange): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** Whether the ranges share a verse. */
export function overlapsRange(one: VerseRange, other: VerseRange): boolean {
  return one.start <= other.end && other.start <= one.end
}

type End = { book: BibleBook; chapter: number; verse: number; opensBook: boolean; closesBook: boolean }

/** Describes an end of a range: whether it begins or ends a chapter or book. Throws for a book that does not exist. */
function describeEnd(id: VerseId): End & { opensChapter: boolean; closesChapter: boolean } {
  const { book: number, chapter, verse } = splitVerseId(id)
  const book = bookByNumber(number)
  if (!book) throw new RangeError(`There is no book ${number}.`)
  const opensChapter = verse === 1
  const closesChapter = verse === book.verses[chapter - 1]
  return {
    book,
    chapter,
    verse,
    opensChapter,
    closesChapter,
    opensBook: opensChapter && chapter === 1,
    closesBook: closesChapter && chapter === book.verses.length,
  }
}

/** Whether a range consists of whole books, whole chapters, or verses. */
export function rangeShape(range: VerseRange): {
  shape: 'books' | 'chapters' | 'verses'
  first: End
  last: End
} {
  const first = describeEnd(range.start)
  const last = describeEnd(range.end)
  if (first.opensBook && last.closesBook) return { shape: 'books', first, last }
  if (first.opensChapter && last.closesChapter) return { shape: 'chapters', first, last }
  return { shape: 'verses', first, last }
}

/** The OSIS form: `Rom.8.28`, `Phil.4.6-Phil.4.7`, `Ps.121`, `Jude`. */
export function toOsis(range: VerseRange): string {
  const { shape, first, last } = rangeShape(range)
  const name = ({ book, chapter, verse }: End) =>
    shape === 'books'
      ? book.osis
      : shape === 'chapters'
        ? `${book.osis}.${chapter}`
        : `${book.osis}.${chapter}.${verse}`
  const [from, to] = [name(first), name(last)]
  return from === to ? from : `${from}-${to}`
}
