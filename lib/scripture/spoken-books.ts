import { type BibleBook, bibleBooks } from './bible-books.ts'

/** A spoken name of a book, with its offsets in the text. */
export type SpokenBook = { book: BibleBook; start: number; end: number }

const volumes: Record<string, string> = {
  '1': '1st|first|one|1|i',
  '2': '2nd|second|two|2|ii',
  '3': '3rd|third|three|3|iii',
}
const spokenForms: Record<string, string> = {
  Ps: 'psalms?',
  Prov: 'proverbs?',
  Song: 'song of (?:songs|solomon)',
  Acts: 'acts(?: of the apostles)?',
  Rev: 'revelations?',
  Phil: 'philippians',
  Col: 'colossians',
}
const between = String.raw`(?:\s+(?:letter|epistle|book)s?(?:\s+(?:to|of))?(?:\s+the)?)?`

// The longest names come first, so that "first John" is not read as "John".
const patterns = bibleBooks
  .map((book) => {
    const [, volume, base = book.name] = /^([123]) (.+)$/.exec(book.name) ?? []
    const name = spokenForms[book.osis] ?? base.toLowerCase()
    // “John's first letter” beside “first John”.
    const owned = `${name}['’]?s\\s+(?:${volumes[volume ?? '']})\\s+(?:letter|epistle)`
    const numbered =
      volume === undefined ? name : `(?:(?:${volumes[volume]})\\.?${between}\\s*${name}|${owned})`
    return { book, source: `${numbered}(?:['’]?s gospel)?`, rank: volume === undefined ? 1 : 0 }
  })
  .toSorted((one, other) => one.rank - other.rank)
const anyBook = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${patterns.map(({ source }) => `(${source})`).join('|')})(?![\\p{L}])`,
  'giu',
)

/** Finds the full spoken names of books in a text, in order: "first letter to the Corinthians", "John's gospel". */
export function findSpokenBooks(text: string): SpokenBook[] {
  const found: SpokenBook[] = []
  for (const match of text.matchAll(anyBook)) {
    const index = match.slice(1).findIndex((group) => group !== undefined)
    const book = patterns[index]?.book
    if (book) found.push({ book, start: match.index, end: match.index + match[0].length })
  }
  return found
}
