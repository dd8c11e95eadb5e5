import { logger } from '@trigger.dev/sdk'
import { eq } from 'drizzle-orm'
import { sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { postponeEvent } from '#lib/events/postpone-event.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import type { PipelineContext } from '#lib/pipeline/pipeline-context.ts'
import { diskFullReason } from '#lib/pipeline/require-disk-space.ts'

const messages: Record<Facet, string> = {
  media: 'Storage is busy at the moment. Selah resumes automatically; nothing is lost.',
  transcript:
    'The transcription service is busy at the moment. Selah retries automatically; you can also upload a transcript.',
  index: 'The indexing service is busy at the moment. Selah retries automatically.',
}

export type Postponed = { postponed: true }

/**
 * Does the work on one facet of a sermon. When a service still answers "too many requests", the run ends, so that
 * it does not occupy a process: the work is queued again in the database for the time that the service named, until
 * it succeeds. This never counts as a failure. Other errors are thrown.
 */
export async function postponeWhenLimited<Result>(
  { services: { db } }: PipelineContext,
  part: { churchId: string; sermonId: string; facet: Facet; mediaRevision?: number },
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
      // The work on a replaced recording is no longer wanted.
      if (part.mediaRevision !== undefined && part.mediaRevision !== mediaRevision) return
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
        error: {
          reason: `${facet}.postponed`,
          message: error.reason === diskFullReason ? error.message : messages[facet],
        },
      })
      logger.warn(`Postponed by ${Math.round(delayMs / 1000)} s: ${error.message}`)
    })
    return { postponed: true }
  }
}

/** Whether a child run ended because its work was postponed. */
export function isPostponed(output: unknown): output is Postponed {
  return typeof output === 'object' && output !== null && 'postponed' in output && output.postponed === true
}
