import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'

const rowSchema = z.object({ id: z.string(), number: z.number() })

/**
 * The number of each series of a church (its season, in the order in which the church began them) and of each
 * published sermon within its series, by their ids. Both count from 1.
 */
export async function numberEpisodes(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<{ seasons: Map<string, number>; episodes: Map<string, number> }> {
  const seasons = await db.execute(sql`
    select id, row_number() over (order by created_at, id)::int as number
    from series where church_id = ${churchId}`)
  const episodes = await db.execute(sql`
    select id, row_number() over (
      partition by series_id order by preached_on nulls last, first_published_at, created_at, id)::int as number
    from sermons
    where church_id = ${churchId} and series_id is not null and publication = 'published'
      and media_status = 'ready' and trashed_at is null`)
  return { seasons: toMap(seasons.rows), episodes: toMap(episodes.rows) }
}

function toMap(rows: unknown): Map<string, number> {
  return new Map(
    z
      .array(rowSchema)
      .parse(rows)
      .map(({ id, number }) => [id, number]),
  )
}
