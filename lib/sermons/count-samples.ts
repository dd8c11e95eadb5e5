import { and, count, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'

/** How many of a church's sermons are samples. */
export async function countSamples(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<number> {
  const [row] = await db
    .select({ samples: count() })
    .from(sermons)
    .where(and(eq(sermons.churchId, churchId), eq(sermons.isSample, true)))
  return row?.samples ?? 0
}
