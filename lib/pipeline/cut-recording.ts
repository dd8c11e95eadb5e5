import { eq, sql } from 'drizzle-orm'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { cutChapters } from '#lib/cuts/cut-chapters.ts'
import { findCut, type StoredCut } from '#lib/cuts/find-cut.ts'
import { discardCut, showPart, showWhole } from '#lib/cuts/move-recording.ts'
import { type FacetStatus, recordingCuts, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { postponeEvent } from '#lib/events/postpone-event.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import {
  type ConvertedRecording,
  convertRecording,
  storeConvertedFiles,
} from '#lib/pipeline/convert-recording.ts'
import { type PipelineContext, readSermonRow, throttleProgress } from '#lib/pipeline/pipeline-context.ts'
import type { Postponed } from '#lib/pipeline/postpone-when-limited.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'

type Payload = TaskPayload<'cut-recording'>
type Cut = { outcome: 'published' | 'superseded' }

/** How soon it is checked again whether the transcript is ready. */
const TRANSCRIPT_WAIT_MS = 5 * 60_000

/**
 * Prepares a part of a recording from the uploaded file while the recording stays published, then publishes the part
 * with its words in one transaction. Nothing is transcribed again. While the transcript is being made, the publication
 * is postponed. Ends as superseded when another part, the whole or another recording was requested in the meantime.
 */
export async function cutRecording(context: PipelineContext, payload: Payload): Promise<Cut | Postponed> {
  const { db } = context.services
  const { churchId, sermonId, cutId } = payload
  const sermon = await readSermonRow(context, sermonId)
  const [cut] = await db.select().from(recordingCuts).where(eq(recordingCuts.id, cutId))
  if (!cut || cut.state === 'discarded') return { outcome: 'superseded' }
  if (cut.state === 'ready') return { outcome: 'published' }
  await db.update(recordingCuts).set({ state: 'pending', error: null }).where(eq(recordingCuts.id, cutId))
  const postpone = async (retryAfterMs: number | undefined): Promise<Postponed> => {
    const event = { type: 'sermon.cut-requested' as const, churchId, sermonId, payload }
    await postponeEvent(db, { key: `cut/${sermonId}`, ...event, retryAfterMs })
    return { postponed: true }
  }
  // Files that wait for a transcript would have no rows for long.
  if (isTranscriptPending(sermon)) return postpone(TRANSCRIPT_WAIT_MS)
  try {
    const converted = await convertRecording(
      context,
      { ...cut, cut },
      {
        readTagChapters: async () => cutChapters((await readChapters({ db }, { sermonId })).chapters, cut),
        onProgress: throttleProgress((progress) =>
          db.update(recordingCuts).set({ progress }).where(eq(recordingCuts.id, cutId)),
        ),
      },
    )
    const outcome = await publishPart(context, cut, converted)
    return outcome === 'transcript-pending' ? postpone(TRANSCRIPT_WAIT_MS) : { outcome }
  } catch (error) {
    if (error instanceof AppError && error.code === 'rate_limited') return postpone(error.retryAfterMs)
    throw error
  }
}

async function publishPart(
  { services: { db } }: PipelineContext,
  { id, churchId, sermonId, mediaRevision }: StoredCut,
  converted: ConvertedRecording,
): Promise<Cut['outcome'] | 'transcript-pending'> {
  return db.transaction(async (tx) => {
    // The lock orders this with corrections, with another recording and with another request.
    const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, sermonId)).for('update')
    const [cut] = await tx.select().from(recordingCuts).where(eq(recordingCuts.id, id))
    if (!sermon || !cut || cut.state === 'discarded') {
      const files = [converted.download, converted.podcast, ...converted.renditions]
      const objects = files.map(({ path }) => ({ bucket: buckets.media, path }))
      await enqueueEvent(tx, { type: 'sermon.removed', churchId, payload: { churchId, objects } })
      return 'superseded'
    }
    if (cut.state === 'ready') return 'published'
    const current = await findCut({ db: tx }, { sermonId, mediaRevision: sermon.mediaRevision })
    if ((current?.baseRevision ?? sermon.mediaRevision) !== cut.baseRevision || sermon.trashedAt) {
      await discardCut(tx, cut)
      return 'superseded'
    }
    if (isTranscriptPending(sermon)) return 'transcript-pending'
    if (current) await showWhole(tx, current)
    await showPart(tx, cut, converted)
    await tx.update(recordingCuts).set({ state: 'ready', progress: 100 }).where(eq(recordingCuts.id, id))
    await storeConvertedFiles(tx, { churchId, sermonId, mediaRevision }, converted)
    await tx.update(sermons).set({ updatedAt: sql`now()` }).where(eq(sermons.id, sermonId))
    return 'published'
  })
}

function isTranscriptPending({ transcriptStatus }: { transcriptStatus: FacetStatus }): boolean {
  return transcriptStatus === 'pending' || transcriptStatus === 'running'
}
