import { z } from 'zod'
import { bookBySlug } from '#lib/scripture/bible-books.ts'
import { bookRange } from '#lib/scripture/verse-range.ts'
import { textKey, textLine } from '#lib/text/text-input.ts'
import type { SearchScope } from './search-scope.ts'

const MAX_QUERY = 200
const MAX_SLUG = 200

/** What the address of a search says; empty where it says nothing. `typed` searches for the words as they are spelled. */
export const searchQuery = z.object({
  q: textLine({ name: 'search text', max: MAX_QUERY }).default(''),
  speaker: textKey({ name: 'speaker', max: MAX_SLUG }).default(''),
  series: textKey({ name: 'series', max: MAX_SLUG }).default(''),
  topic: textKey({ name: 'topic', max: MAX_SLUG }).default(''),
  book: z
    .string()
    .refine((slug) => slug === '' || bookBySlug(slug))
    .default(''),
  year: z
    .string()
    .regex(/^(?:\d{4})?$/)
    .default(''),
  spelling: z.enum(['', 'typed']).default(''),
})

export type SearchAddress = z.infer<typeof searchQuery>

/** The sermons that the address narrows the search to. */
export function scopeOfAddress({
  speaker,
  series,
  topic,
  book,
  year,
}: SearchAddress): Omit<SearchScope, 'memberOf'> {
  const chosen = bookBySlug(book)
  return {
    speakerSlug: speaker || undefined,
    seriesSlug: series || undefined,
    topicSlug: topic || undefined,
    verses: chosen ? bookRange(chosen) : undefined,
    year: year === '' ? undefined : Number(year),
  }
}
