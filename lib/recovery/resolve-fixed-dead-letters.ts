import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { deadLetters, sermons } from '#lib/db/schema.ts'

const BATCH = 200

/**
 * Resolves open dead letters when the work has been done in another way, for example with “Try again”.
 * Returns how many.
 */
export async function resolveFixedDeadLetters({
  db,
  now,
}: {
  db: Database
  now: () => Date
}): Promise<number> {
  const media = eq(sermons.mediaStatus, 'ready')
  const readyOrWaiting = (column: typeof sermons.transcriptStatus | typeof sermons.indexStatus) =>
    inArray(column, ['ready', 'waiting'])
  const fixed = await db
    .select({ id: deadLetters.id })
    .from(deadLetters)
    .innerJoin(sermons, eq(sermons.id, deadLetters.sermonId))
    .where(
      and(
        eq(deadLetters.state, 'open'),
        sql`${sermons.updatedAt} > ${deadLetters.createdAt}`,
        sql`case
          when ${deadLetters.type} in ('prepare-media', 'storage.rendition', 'storage.download') then ${media}
          when ${deadLetters.type} in ('transcribe', 'read-transcript') then ${eq(sermons.transcriptStatus, 'ready')}
          when ${deadLetters.type} = 'index-passages' then ${eq(sermons.indexStatus, 'ready')}
          when ${deadLetters.type} in ('publish-sermon', 'sermon.publish-due') then ${eq(sermons.publication, 'published')}
          when ${deadLetters.type} in ('process-sermon', 'sermon.uploaded', 'sermon.reprocess', 'sermon.transcript-supplied', 'sermon.reindex')
            then ${and(media, readyOrWaiting(sermons.transcriptStatus), readyOrWaiting(sermons.indexStatus))}
          else false end`,
      ),
    )
    .limit(BATCH)
  if (fixed.length === 0) return 0
  const resolved = await db
    .update(deadLetters)
    .set({ state: 'resolved', settledAt: now() })
    .where(
      and(
        inArray(
          deadLetters.id,
          fixed.map(({ id }) => id),
        ),
        eq(deadLetters.state, 'open'),
      ),
    )
    .returning({ id: deadLetters.id })
  return resolved.length
}
