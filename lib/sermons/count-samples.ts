import { and, count, eq, isNull } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'

/** Counts the samples among a church's sermons outside the trash. */
export async function countSamples(
  { db }: { db: Database },
  { churchId }: { churchId: string },
): Promise<number> {
  const [row] = await db
    .select({ samples: count() })
    .from(sermons)
    .where(and(eq(sermons.churchId, churchId), eq(sermons.isSample, true), isNull(sermons.trashedAt)))
  return row?.samples ?? 0
}
