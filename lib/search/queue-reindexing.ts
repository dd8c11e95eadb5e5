import { and, eq, gte, or } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { events, sermons } from '#lib/db/schema.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import type { Embedder } from './embedder.ts'
import { listOutdatedSermons } from './index-passages.ts'

/** More wait for the next call: a change of settings must not delay the work of a Sunday. */
const MAX_QUEUED = 50

/**
 * Queues sermons to be indexed again that another version of the analyser or another model indexed. Each is
 * queued once after `since`, the start of this process, because neither changes while it runs. A sermon
 * that another process queued and that is not forwarded yet is not queued again. Only one process may do this at a
 * time.
 * Returns how many were queued.
 */
export async function queueReindexing(
  { db, embedder }: { db: Database; embedder: Embedder | null },
  { since }: { since: Date },
): Promise<number> {
  const outdated = await listOutdatedSermons({ db, embedder }, { limit: 1000 })
  if (outdated.length === 0) return 0
  const queuedBefore = await db
    .select({ sermonId: events.sermonId })
    .from(events)
    .where(
      and(eq(events.type, 'sermon.reindex'), or(gte(events.createdAt, since), eq(events.state, 'pending'))),
    )
  const known = new Set(queuedBefore.map(({ sermonId }) => sermonId))
  const due = outdated.filter(({ sermonId }) => !known.has(sermonId)).slice(0, MAX_QUEUED)
  let queued = 0
  for (const { sermonId, churchId } of due) {
    queued += await db.transaction(async (tx) => {
      // One at a time, and only where nothing is running that will use this version anyway.
      const [ready] = await tx
        .select({ id: sermons.id })
        .from(sermons)
        .where(and(eq(sermons.id, sermonId), eq(sermons.indexStatus, 'ready')))
        .for('update')
      if (!ready) return 0
      await enqueueEvent(tx, {
        type: 'sermon.reindex',
        churchId,
        sermonId,
        payload: { churchId, sermonId },
      })
      return 1
    })
  }
  return queued
}
