import { and, eq, isNotNull, min, type SQL, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { series, sermons, speakers } from '#lib/db/schema.ts'
import { episodeMoment } from '#lib/feeds/feed-date.ts'
import { firstPublished } from '#lib/sermons/sermon-order.ts'

/** When a sermon was first published, as `toISOString` writes it. */
export const firstPublishedIso = isoText(firstPublished)

/** The date of the oldest episode among the sermons that have a day, on whichever page it is; null without any. */
export async function findOldestMoment(
  { db }: { db: Database },
  { conditions, timeZone }: { conditions: readonly SQL[]; timeZone: string },
): Promise<string | null> {
  const [row] = await db
    .select({
      preachedOn: min(sermons.preachedOn),
      publishedAt: isoText<string | null>(sql`min(${firstPublished})`),
    })
    .from(sermons)
    .leftJoin(speakers, eq(speakers.id, sermons.speakerId))
    .leftJoin(series, eq(series.id, sermons.seriesId))
    .where(and(...conditions, isNotNull(sermons.preachedOn)))
  if (!row?.publishedAt) return null
  // Each is dated by the earlier of its day and its publication, so the oldest by the earliest of all of both.
  return episodeMoment(
    { preachedOn: row.preachedOn, publishedAt: row.publishedAt },
    { timeZone, oldest: null },
  )
}

function isoText<Text extends string | null = string>(at: SQL) {
  return sql<Text>`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
