import { logger } from '@trigger.dev/sdk'
import { eq } from 'drizzle-orm'
import { sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { postponeEvent } from '#lib/events/postpone-event.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import type { PipelineContext } from '#lib/pipeline/pipeline-context.ts'

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
    await db.transaction(async (tx) => {
      const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, sermonId))
      if (!sermon) return
      const { mediaRevision } = sermon
      const delayMs = await postponeEvent(tx, {
        key: `again/${sermonId}/${facet}`,
        type: 'sermon.reprocess',
        churchId,
        sermonId,
        payload: { churchId, sermonId, mediaRevision, redo: [] },
        retryAfterMs: error.retryAfterMs,
      })
      await setFacet(tx, {
        sermonId,
        facet,
        status: 'pending',
        error: { reason: `${facet}.postponed`, message: messages[facet] },
      })
      logger.warn(`Put off by ${Math.round(delayMs / 1000)} s: ${error.message}`)
    })
    return { postponed: true }
  }
}

/** Whether a child ended because a service has to be waited for. */
export function isPostponed(output: unknown): output is Postponed {
  return typeof output === 'object' && output !== null && 'postponed' in output && output.postponed === true
}
