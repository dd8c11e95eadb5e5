import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { cutProposals, recordingCuts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { Facet } from '#lib/facets/facet.ts'
import { facetOfTask } from '#lib/facets/facet-tasks.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { withdrawHeardTranscript } from '#lib/pipeline/withdraw-heard-transcript.ts'

const payloadSchema = z.object({ sermonId: z.uuid(), mediaRevision: z.number().optional() })

const generalMessage: Record<Facet, string> = {
  media: 'The recording could not be prepared. It is safe; try again.',
  transcript: 'The recording could not be transcribed. Try again, or upload a transcript.',
  index: 'The sermon could not be indexed for search. Try again.',
}

/**
 * Marks a facet of the sermon as permanently failed, with a message for the pastor. What was heard in a recording that
 * is refused is withdrawn. A part of a recording that could not be made is marked too.
 */
export async function recordFacetFailure(
  { db }: { db: Database },
  { taskId, payload, error }: { taskId: string; payload: unknown; error: unknown },
): Promise<void> {
  if (taskId === 'cut-recording') await recordCutFailure(db, { payload, error })
  if (taskId === 'propose-cut') await recordProposalFailure(db, payload)
  const facet = facetOfTask(taskId)
  const parsed = payloadSchema.safeParse(payload)
  if (!facet || !parsed.success) return
  const { sermonId, mediaRevision } = parsed.data
  const told =
    error instanceof AppError
      ? { reason: error.reason, message: error.message }
      : { reason: `${facet}.failed`, message: generalMessage[facet] }
  await db.transaction(async (tx) => {
    const changed = await setFacet(tx, {
      sermonId,
      facet,
      status: 'failed',
      error: told,
      ...(mediaRevision === undefined ? {} : { mediaRevision }),
    })
    if (changed && facet === 'media') await withdrawHeardTranscript(tx, { sermonId, error: told })
  })
}

/** What is published stays. */
async function recordCutFailure(
  db: Database,
  { payload, error }: { payload: unknown; error: unknown },
): Promise<void> {
  const parsed = z.object({ cutId: z.uuid() }).safeParse(payload)
  if (!parsed.success) return
  const told =
    error instanceof AppError
      ? { reason: error.reason, message: error.message }
      : { reason: 'cut.failed', message: 'This part could not be prepared. Nothing has changed; try again.' }
  await db
    .update(recordingCuts)
    .set({ state: 'failed', error: told })
    .where(and(eq(recordingCuts.id, parsed.data.cutId), eq(recordingCuts.state, 'pending')))
}

async function recordProposalFailure(db: Database, payload: unknown): Promise<void> {
  const parsed = z.object({ sermonId: z.uuid(), originalRevision: z.number() }).safeParse(payload)
  if (!parsed.success) return
  const { sermonId, originalRevision } = parsed.data
  await db
    .update(cutProposals)
    .set({ state: 'failed' })
    .where(and(eq(cutProposals.sermonId, sermonId), eq(cutProposals.mediaRevision, originalRevision)))
}
