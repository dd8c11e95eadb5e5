import { eq, type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { series, sermons, speakers } from '#lib/db/schema.ts'
import type { BibleBook } from '#lib/scripture/bible-books.ts'
import { verseId } from '#lib/scripture/verse-range.ts'
import type { sermonFilterQuery } from './sermon-filter-query.ts'

/** What a listener chooses sermons by; an absent part leaves all of them. */
export type SermonFilter = {
  seriesSlug?: string | undefined
  speakerSlug?: string | undefined
  topicSlug?: string | undefined
  /** Sermons that expound or read from this book. */
  book?: BibleBook | undefined
  /** The year it was preached. */
  year?: number | undefined
  /** A part of the title, the series or the speaker's name. */
  text?: string | undefined
}

/** The filter that a query of an address asks for. */
export function toSermonFilter(query: z.infer<typeof sermonFilterQuery>): SermonFilter {
  return {
    seriesSlug: query.series || undefined,
    speakerSlug: query.speaker || undefined,
    topicSlug: query.topic || undefined,
    book: query.book,
    year: query.year,
    text: query.q || undefined,
  }
}

/** The year that a part of an address names; null where it names none. */
export function readYear(text: string): number | null {
  return /^[1-9]\d{3}$/.test(text) ? Number(text) : null
}

/** The query of an address that asks for the filter, such as `book=romans&year=2024`; empty for all sermons. */
export function writeFilterQuery(filter: SermonFilter): string {
  const { seriesSlug, speakerSlug, topicSlug, book, year, text } = filter
  const query = new URLSearchParams()
  if (book) query.set('book', book.slug)
  if (text) query.set('q', text)
  if (seriesSlug) query.set('series', seriesSlug)
  if (speakerSlug) query.set('speaker', speakerSlug)
  if (topicSlug) query.set('topic', topicSlug)
  if (year) query.set('year', String(year))
  return query.toString()
}

/** Conditions on `selectSermons` for a filter. */
export function filterConditions(filter: SermonFilter): SQL[] {
  const { seriesSlug, speakerSlug, topicSlug, book, year, text } = filter
  const conditions: SQL[] = []
  if (seriesSlug) conditions.push(eq(series.slug, seriesSlug))
  if (speakerSlug) conditions.push(eq(speakers.slug, speakerSlug))
  if (topicSlug) {
    conditions.push(sql`${sermons.id} in (select st.sermon_id from sermon_topics st
      join topics t on t.id = st.topic_id where t.slug = ${topicSlug})`)
  }
  if (year) conditions.push(sql`extract(year from ${sermons.preachedOn}) = ${year}`)
  if (book) {
    const [first, last] = [verseId(book.number, 0, 0), verseId(book.number, 999, 999)]
    conditions.push(sql`exists (select from scripture_refs r where r.sermon_id = ${sermons.id}
      and r.kind in ('expounded', 'read') and r.first_verse <= ${last} and r.last_verse >= ${first})`)
  }
  if (text) {
    const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
    conditions.push(
      sql`(${sermons.title} ilike ${pattern} or ${speakers.name} ilike ${pattern} or ${series.title} ilike ${pattern})`,
    )
  }
  return conditions
}
