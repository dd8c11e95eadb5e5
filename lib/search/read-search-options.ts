import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { bibleBooks, bookByNumber } from '#lib/scripture/bible-books.ts'
import { visibleSermons } from './search-scope.ts'
import { wordsOfText } from './words-of-text.ts'

/** A speaker, series or topic with how many visible sermons it has. */
export type NamedGroup = { slug: string; name: string; sermons: number }

/** What the visible sermons can be narrowed to. Books are by their slug, in the order of the Bible; years newest first. */
export type SearchOptions = {
  speakers: NamedGroup[]
  series: NamedGroup[]
  topics: NamedGroup[]
  books: { slug: string; name: string }[]
  years: number[]
}

const group = z.object({ slug: z.string(), name: z.string(), sermons: z.number() })
const row = z.object({
  speakers: z.array(group).nullable(),
  series: z.array(group).nullable(),
  topics: z.array(group).nullable(),
  verses: z.array(z.tuple([z.number(), z.number()])).nullable(),
  years: z.array(z.number()).nullable(),
})

const VERSES_PER_BOOK = 1_000_000

/** The speakers, series, topics, books of the Bible and years of the sermons that a person may search. */
export async function readSearchOptions(
  { db }: { db: Database },
  { memberOf }: { memberOf: readonly string[] },
): Promise<SearchOptions> {
  const { rows } = await db.execute(sql`
    with visible as materialized (
      select s.id, s.speaker_id, s.series_id, s.preached_on from sermons s where ${visibleSermons({ memberOf })}
    )
    select
      (select json_agg(json_build_object('slug', slug, 'name', name, 'sermons', sermons) order by name) from (
        select g.slug, g.name, count(*)::int as sermons from visible s join speakers g on g.id = s.speaker_id
        group by g.slug, g.name) as found) as speakers,
      (select json_agg(json_build_object('slug', slug, 'name', name, 'sermons', sermons) order by name) from (
        select g.slug, g.title as name, count(*)::int as sermons from visible s join series g on g.id = s.series_id
        group by g.slug, g.title) as found) as series,
      (select json_agg(json_build_object('slug', slug, 'name', name, 'sermons', sermons) order by name) from (
        select g.slug, g.name, count(*)::int as sermons from visible s
        join sermon_topics st on st.sermon_id = s.id join topics g on g.id = st.topic_id
        group by g.slug, g.name) as found) as topics,
      (select json_agg(distinct jsonb_build_array(r.first_verse / ${VERSES_PER_BOOK}, r.last_verse / ${VERSES_PER_BOOK}))
        from scripture_refs r join visible s on s.id = r.sermon_id
        where r.source <> 'transcript') as verses,
      (select json_agg(distinct extract(year from s.preached_on)::int) from visible s
        where s.preached_on is not null) as years`)
  const found = row.parse(rows[0])
  const numbers = new Set<number>()
  for (const [first, last] of found.verses ?? []) {
    for (let number = first; number <= last && bookByNumber(number); number += 1) numbers.add(number)
  }
  return {
    speakers: found.speakers ?? [],
    series: found.series ?? [],
    topics: found.topics ?? [],
    books: bibleBooks.filter(({ number }) => numbers.has(number)).map(({ slug, name }) => ({ slug, name })),
    years: (found.years ?? []).sort((a, b) => b - a),
  }
}

const MIN_SURNAME = 4
const fold = (text: string) =>
  wordsOfText(text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()).filter((word) => word.length > 1)

/**
 * The groups that a query names: all of its words are in the name, or the whole name is in the query. A
 * person is also named by the last name alone.
 */
export function findNamedGroups(
  query: string,
  groups: readonly NamedGroup[],
  { isPerson }: { isPerson: boolean },
): NamedGroup[] {
  const queryWords = fold(query)
  if (queryWords.length === 0) return []
  return groups.filter(({ name }) => {
    const own = fold(name)
    const last = own.at(-1) ?? ''
    return (
      queryWords.every((word) => own.includes(word)) ||
      (own.length > 0 && own.every((word) => queryWords.includes(word))) ||
      (isPerson && last.length >= MIN_SURNAME && queryWords.includes(last))
    )
  })
}
