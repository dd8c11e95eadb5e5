import { type SQL, sql } from 'drizzle-orm'
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
  /** Sermons with details or a title that name one of these verses. */
  verses?: VerseRange | undefined
  /** The year in which they were preached. */
  year?: number | undefined
}

/** Whether the scope leaves out sermons that the person may see. */
export function isNarrowed({ sermonId, speakerSlug, seriesSlug, verses, year }: SearchScope): boolean {
  return [sermonId, speakerSlug, seriesSlug, verses, year].some((filter) => filter !== undefined)
}

/** A condition on the table `sermons`, aliased `s`. */
export function visibleSermons(scope: SearchScope): SQL {
  const { sermonId, speakerSlug, seriesSlug, verses, year } = scope
  const conditions = [
    sql`s.trashed_at is null`,
    sql`(s.publication = 'published' or s.church_id = any(${sql.param([...scope.memberOf])}::uuid[]))`,
    sermonId === undefined ? null : sql`s.id = ${sermonId}`,
    speakerSlug === undefined
      ? null
      : sql`s.speaker_id in (select id from speakers where slug = ${speakerSlug})`,
    seriesSlug === undefined ? null : sql`s.series_id in (select id from series where slug = ${seriesSlug})`,
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
