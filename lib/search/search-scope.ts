import { type SQL, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import type { VerseRange } from '#lib/scripture/verse-range.ts'

/**
 * Which sermons a person may search: published ones, and every one of the churches they belong to; never those in
 * the trash.
 */
export type SearchScope = {
  /** Churches whose drafts may be found too; empty for people who are not signed in. */
  memberOf: readonly string[]
  sermonId?: string | undefined
  speakerSlug?: string | undefined
  seriesSlug?: string | undefined
  topicSlug?: string | undefined
  /** Sermons with details or a title that name one of these verses. */
  verses?: VerseRange | undefined
  /** The year in which they were preached. */
  year?: number | undefined
}

/** Whether the scope leaves out sermons that the person may see. */
export function isNarrowed({ memberOf: _, ...filters }: SearchScope): boolean {
  return Object.values(filters).some((filter) => filter !== undefined)
}

/** A condition on the table `sermons`, aliased `s`. */
export function visibleSermons(scope: SearchScope): SQL {
  const { sermonId, speakerSlug, seriesSlug, topicSlug, verses, year } = scope
  const conditions = [
    sql`s.trashed_at is null`,
    sql`(s.publication = 'published' or s.church_id = any(${sql.param([...scope.memberOf])}::uuid[]))`,
    sermonId === undefined ? null : sql`s.id = ${sermonId}`,
    speakerSlug === undefined
      ? null
      : sql`s.speaker_id in (select id from speakers where slug = ${speakerSlug})`,
    seriesSlug === undefined ? null : sql`s.series_id in (select id from series where slug = ${seriesSlug})`,
    topicSlug === undefined
      ? null
      : sql`s.id in (select st.sermon_id from sermon_topics st join topics t on t.id = st.topic_id
          where t.slug = ${topicSlug})`,
    verses === undefined
      ? null
      : sql`exists (select 1 from scripture_refs r where r.sermon_id = s.id and r.source <> 'transcript'
          and r.first_verse <= ${verses.end} and r.last_verse >= ${verses.start})`,
    year === undefined ? null : sql`extract(year from s.preached_on) = ${year}`,
  ]
  return sql.join(
    conditions.filter((condition) => condition !== null),
    sql` and `,
  )
}

/** Whether the scope has any sermon. With `slug`: whether the sermon at this address is in it. */
export async function hasVisibleSermon(
  { db }: { db: Database },
  { slug, ...scope }: SearchScope & { slug?: string | undefined },
): Promise<boolean> {
  const { rows } = await db.execute(sql`
    select 1 from sermons s
    where ${visibleSermons(scope)} and ${slug === undefined ? sql`true` : sql`s.slug = ${slug}`} limit 1`)
  return rows.length > 0
}
