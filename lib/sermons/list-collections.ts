import { and, count, desc, eq, isNull, max, min, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { series, sermons, speakers } from '#lib/db/schema.ts'

const MAX_LISTED = 1000

/** A series or a speaker with published sermons. */
export type SermonGroup = {
  slug: string
  name: string
  sermons: number
  /** The years of the first and the last sermon; null where no sermon has a day. */
  years: { from: number; to: number } | null
}

const isPublic = and(eq(sermons.publication, 'published'), isNull(sermons.trashedAt))
const figures = {
  sermons: count(),
  first: min(sermons.preachedOn),
  last: max(sermons.preachedOn),
}

/** Every series with a published sermon, the latest preached first. */
export async function listSeries({ db }: { db: Database }): Promise<SermonGroup[]> {
  const rows = await db
    .select({ slug: series.slug, name: series.title, ...figures })
    .from(series)
    .innerJoin(sermons, eq(sermons.seriesId, series.id))
    .where(isPublic)
    .groupBy(series.id)
    .orderBy(sql`max(${sermons.preachedOn}) desc nulls last`, series.title)
    .limit(MAX_LISTED)
  return rows.map(toGroup)
}

/** Every speaker with a published sermon, the one with the most sermons first. */
export async function listSpeakers({ db }: { db: Database }): Promise<SermonGroup[]> {
  const rows = await db
    .select({ slug: speakers.slug, name: speakers.name, ...figures })
    .from(speakers)
    .innerJoin(sermons, eq(sermons.speakerId, speakers.id))
    .where(isPublic)
    .groupBy(speakers.id)
    .orderBy(desc(count()), speakers.name)
    .limit(MAX_LISTED)
  return rows.map(toGroup)
}

function toGroup({
  first,
  last,
  ...group
}: Omit<SermonGroup, 'years'> & { first: string | null; last: string | null }): SermonGroup {
  const yearOf = (day: string) => Number(day.slice(0, 4))
  return { ...group, years: first && last ? { from: yearOf(first), to: yearOf(last) } : null }
}
