import { eq } from 'drizzle-orm'
import { scheduledEvents, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { activeTraceparent } from '#lib/jobs/enqueue-event.ts'
import type { PipelineContext } from '#lib/pipeline/pipeline-context.ts'
import type { Facet } from '#lib/sermons/sermon.ts'
import { setFacet } from '#lib/sermons/set-facet.ts'

/** A limit that outlasted the waits inside the run is asked about this seldom: each time costs a download. */
const SHORTEST_MS = 5 * 60_000
const LONGEST_MS = 60 * 60_000
/** Sermons that met the same limit do not come back in the same second. */
const SPREAD_SHARE = 0.2

const messages: Record<Facet, string> = {
  media: 'Storage takes no more requests at the moment. Selah goes on by itself; nothing is lost.',
  transcript:
    'The transcription service takes no more requests at the moment. Selah asks again by itself; you can also upload a transcript.',
  index:
    'The service that makes sermons searchable takes no more requests at the moment. Selah asks again by itself.',
}

export type Postponed = { postponed: true }

/**
 * Does the work of one part of a sermon, and when a service goes on saying "too many requests" ends the
 * run instead of holding its process: the part waits in the database, as long as it takes, and is asked
 * for again at the time the service named. It is never a failure. Other errors pass through.
 */
export async function postponeWhenLimited<Result>(
  { services: { db } }: PipelineContext,
  part: { churchId: string; sermonId: string; facet: Facet },
  perform: () => Promise<Result>,
): Promise<Result | Postponed> {
  try {
    return await perform()
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'rate_limited') throw error
    const { churchId, sermonId, facet } = part
    const asked = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, error.retryAfterMs ?? 0))
    const delayMs = Math.round(asked * (1 + SPREAD_SHARE * Math.random()))
    await db.transaction(async (tx) => {
      const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, sermonId))
      if (!sermon) return
      const { mediaRevision } = sermon
      const again = {
        type: 'sermon.reprocess',
        churchId,
        sermonId,
        payload: { churchId, sermonId, mediaRevision, redo: [] },
        traceparent: activeTraceparent(),
        dueAt: new Date(Date.now() + delayMs),
      }
      await tx
        .insert(scheduledEvents)
        .values({ key: `again/${sermonId}/${facet}`, ...again })
        .onConflictDoUpdate({ target: scheduledEvents.key, set: again })
      await setFacet(tx, {
        sermonId,
        facet,
        status: 'pending',
        error: { reason: `${facet}.postponed`, message: messages[facet] },
      })
    })
    console.warn(`Postponed by ${Math.round(delayMs / 1000)} s: ${error.message}`)
    return { postponed: true }
  }
}

/** Whether a child ended because a service has to be waited for. */
export function isPostponed(output: unknown): output is Postponed {
  return typeof output === 'object' && output !== null && 'postponed' in output && output.postponed === true
}
