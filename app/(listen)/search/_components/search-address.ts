import { bookBySlug } from '#lib/scripture/bible-books.ts'
import { bookRange } from '#lib/scripture/verse-range.ts'
import type { SearchScope } from '#lib/search/search-scope.ts'

/** What the address of a search says; empty where it says nothing. */
export type SearchAddress = {
  q: string
  speaker: string
  series: string
  book: string
  year: string
  /** `typed`: the words are searched for as they are spelled. */
  spelling: '' | 'typed'
}

const MAX_QUERY = 200
const MAX_SLUG = 200

/** Reads the parameters of `/search`. Anything unknown counts as left out. */
export function readSearchAddress(params: Record<string, string | string[] | undefined>): SearchAddress {
  const text = (name: keyof SearchAddress, max: number) => {
    const value = params[name]
    return typeof value === 'string' ? value.replaceAll('\0', '').trim().slice(0, max) : ''
  }
  const [book, year] = [text('book', MAX_SLUG), text('year', 4)]
  return {
    q: text('q', MAX_QUERY),
    speaker: text('speaker', MAX_SLUG),
    series: text('series', MAX_SLUG),
    book: bookBySlug(book) ? book : '',
    spelling: text('spelling', 10) === 'typed' ? 'typed' : '',
    year: /^\d{4}$/.test(year) ? year : '',
  }
}

/** The sermons that the address narrows the search to. */
export function scopeOfAddress({
  speaker,
  series,
  book,
  year,
}: SearchAddress): Omit<SearchScope, 'memberOf'> {
  const chosen = bookBySlug(book)
  return {
    speakerSlug: speaker || undefined,
    seriesSlug: series || undefined,
    verses: chosen ? bookRange(chosen) : undefined,
    year: year === '' ? undefined : Number(year),
  }
}
