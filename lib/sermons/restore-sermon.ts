import { and, eq, isNotNull } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, type FacetStatus, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { schedulePublication } from '#lib/sermons/publish-sermon.ts'

type SermonRow = typeof sermons.$inferSelect

/**
 * Restores a sermon from the trash as it was: published, scheduled or a draft. If the scheduled time has passed in the
 * meantime, the sermon becomes a draft, so that nothing is published unexpectedly. Cancelled work is requested
 * again; finished steps are skipped. Throws `not_found` when it is not in the church's trash.
 */
export async function restoreSermon(
  { db, now }: { db: Database; now: () => Date },
  { sermonId, churchId, actorId }: { sermonId: string; churchId: string; actorId: string | null },
): Promise<void> {
  const schedule = await db.transaction(async (tx) => {
    const [sermon] = await tx
      .select()
      .from(sermons)
      .where(and(eq(sermons.id, sermonId), eq(sermons.churchId, churchId), isNotNull(sermons.trashedAt)))
      .for('update')
    if (!sermon) {
      throw new AppError(
        'not_found',
        'This sermon is not in the trash. It may have been restored or deleted.',
      )
    }
    const { publishAt } = sermon
    await tx
      .update(sermons)
      .set({
        publication: sermon.trashedFrom === 'published' ? 'published' : 'draft',
        publishAt: null,
        trashedFrom: null,
        trashedAt: null,
        updatedAt: now(),
      })
      .where(eq(sermons.id, sermonId))
    await requestCancelledWork(tx, sermon)
    await tx.insert(auditLog).values({
      churchId,
      actorId,
      action: 'sermon.restored',
      subject: sermonId,
      details: { title: sermon.title },
    })
    return sermon.trashedFrom === 'scheduled' && publishAt !== null && publishAt > now() ? publishAt : null
  })
  if (schedule)
    await schedulePublication({ db, now }, { sermonId, churchId, publishAt: schedule, onWarning: 'keep' })
}

async function requestCancelledWork(tx: Transaction, sermon: SermonRow): Promise<void> {
  const { id: sermonId, churchId, mediaRevision } = sermon
  const statuses: Record<Facet, FacetStatus> = {
    media: sermon.mediaStatus,
    transcript: sermon.transcriptStatus,
    index: sermon.indexStatus,
  }
  const cancelled = (['media', 'transcript', 'index'] as const).filter(
    (facet) => statuses[facet] === 'pending' || statuses[facet] === 'running',
  )
  if (cancelled.length === 0) return
  for (const facet of cancelled) await setFacet(tx, { sermonId, facet, status: 'pending' })
  const common = { churchId, sermonId }
  // A sermon without a recording has a text, which is only indexed.
  if (mediaRevision === 0) await enqueueEvent(tx, { type: 'sermon.reindex', ...common, payload: common })
  else {
    await enqueueEvent(tx, {
      type: 'sermon.reprocess',
      ...common,
      payload: { ...common, mediaRevision, redo: [] },
    })
  }
}
