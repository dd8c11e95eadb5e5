import { chapterName } from './bible-books.ts'
import { rangeShape, type VerseRange } from './verse-range.ts'

/** Formats a range for people: "Romans 8:28", "Matthew 5:3–6:4", "Psalms 23–24", "Jude". */
export function formatRange(range: VerseRange): string {
  const { shape, first, last } = rangeShape(range)
  const sameBook = first.book.number === last.book.number
  if (shape === 'books') return sameBook ? first.book.name : `${first.book.name}–${last.book.name}`
  const place = ({ book, chapter, verse }: typeof first) =>
    shape === 'verses' ? `${book.verses.length === 1 ? '' : `${chapter}:`}${verse}` : `${chapter}`
  if (!sameBook) {
    return `${chapterName(first.book)} ${place(first)}–${chapterName(last.book)} ${place(last)}`
  }
  const manyChapters = shape === 'chapters' && first.chapter !== last.chapter
  const name = manyChapters ? first.book.name : chapterName(first.book)
  const from = place(first)
  const to = shape === 'verses' && first.chapter === last.chapter ? `${last.verse}` : place(last)
  return range.start === range.end || (shape === 'chapters' && !manyChapters)
    ? `${name} ${from}`
    : `${name} ${from}–${to}`
}

/** Formats several ranges in the given order, without repeating book and chapter: "Romans 8:28, 31–39; 9:1". */
export function formatRanges(ranges: readonly VerseRange[]): string {
  let text = ''
  let previous: ReturnType<typeof rangeShape> | undefined
  for (const range of ranges) {
    const shape = rangeShape(range)
    const whole = formatRange(range)
    const name = chapterName(shape.first.book)
    const continues =
      previous !== undefined &&
      previous.shape === shape.shape &&
      shape.shape !== 'books' &&
      previous.last.book.number === shape.first.book.number &&
      shape.first.book.number === shape.last.book.number &&
      whole.startsWith(`${name} `)
    if (!continues || !previous) text += `${text === '' ? '' : '; '}${whole}`
    else {
      const rest = whole.slice(name.length + 1)
      const sameChapter = shape.shape === 'verses' && previous.last.chapter === shape.first.chapter
      text += sameChapter ? `, ${rest.replace(/^\d+:/, '')}` : `; ${rest}`
    }
    previous = shape
  }
  return text
}
