import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'

const rowSchema = z.object({ id: z.string(), number: z.number() })

/** The number of each published sermon of a church within its series, by its id, from 1. */
export async function numberEpisodes(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<Map<string, number>> {
  const { rows } = await db.execute(sql`
    select id, row_number() over (
      partition by series_id order by preached_on nulls last, first_published_at, created_at, id)::int as number
    from sermons
    where church_id = ${churchId} and series_id is not null and publication = 'published'
      and media_status = 'ready' and trashed_at is null`)
  return new Map(
    z
      .array(rowSchema)
      .parse(rows)
      .map(({ id, number }) => [id, number]),
  )
}
