import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { tidyChapters } from '#lib/chapters/chapter.ts'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { storeChapterList } from '#lib/chapters/store-chapter-list.ts'
import { findCut } from '#lib/cuts/find-cut.ts'
import { sermons } from '#lib/db/schema.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { judgeRecording } from '#lib/media/judge-recording.ts'
import {
  type ConvertedRecording,
  convertRecording,
  type Inspected,
  storeConvertedFiles,
} from '#lib/pipeline/convert-recording.ts'
import { type PipelineContext, sermonWork, throttleProgress } from '#lib/pipeline/pipeline-context.ts'
import { type Postponed, postponeWhenLimited } from '#lib/pipeline/postpone-when-limited.ts'
import { runStep } from '#lib/runs/run-step.ts'
import { storeRecordingReport } from '#lib/sermons/store-recording-report.ts'

type PreparedMedia = { durationMs: number; renditions: string[] }

/**
 * Converts a recording to levelled, adaptive audio in storage and makes the sermon playable. Each part is
 * a stored step, so a replay resumes where the last run stopped. Throws AppError with a message for the pastor
 * when the recording cannot be used.
 */
export async function prepareMedia(
  context: PipelineContext,
  payload: TaskPayload<'prepare-media'>,
): Promise<PreparedMedia | Postponed> {
  const { churchId, sermonId } = payload
  return postponeWhenLimited(
    context,
    { churchId, sermonId, facet: 'media', mediaRevision: payload.mediaRevision },
    () => prepareNow(context, payload),
  )
}

async function prepareNow(
  context: PipelineContext,
  { churchId, sermonId, mediaRevision }: TaskPayload<'prepare-media'>,
): Promise<PreparedMedia> {
  const { services } = context
  const cut = await findCut(services, { sermonId, mediaRevision })
  await setFacet(services.db, { sermonId, facet: 'media', status: 'running', mediaRevision })
  const onProgress = throttleProgress((progress) =>
    setFacet(services.db, {
      sermonId,
      facet: 'media',
      status: 'running',
      progress,
      mediaRevision,
      onlyWhile: 'running',
    }),
  )
  const recording = { churchId, sermonId, mediaRevision, cut }
  const converted = await convertRecording(context, recording, {
    readTagChapters: async () => (await readChapters(services, { sermonId })).chapters,
    // What was found in the whole recording was stored then.
    ...(cut ? {} : { onInspected: storeFindings }),
    onProgress,
  })
  const work = sermonWork(context, { churchId, sermonId }, `media/${mediaRevision}`)
  await runStep(work, { name: 'make-playable', result: z.object({ playable: z.boolean() }) }, () =>
    makePlayable(converted),
  )
  // Outside the step: a replay that skips the step must still mark the facet as ready.
  await setFacet(services.db, { sermonId, facet: 'media', status: 'ready', mediaRevision })
  return { durationMs: converted.durationMs, renditions: converted.renditions.map(({ name }) => name) }

  /** Changes nothing when it is repeated. */
  async function storeFindings({ probe, measurement }: Inspected): Promise<void> {
    await storeRecordingReport(services, {
      sermonId,
      mediaRevision,
      report: {
        track: probe.track,
        repaired: probe.repair === null ? [] : [probe.repair],
        warnings: judgeRecording(probe, measurement),
      },
    })
    await services.db.transaction((tx) =>
      storeChapterList(
        tx,
        { sermonId, churchId, mediaRevision },
        { source: 'file', chapters: tidyChapters(probe.chapters, measurement.decodedDurationMs) },
      ),
    )
  }

  async function makePlayable(recorded: ConvertedRecording): Promise<{ playable: boolean }> {
    return services.db.transaction(async (tx) => {
      const current = await setFacet(tx, { sermonId, facet: 'media', status: 'ready', mediaRevision })
      if (!current) return { playable: false }
      await tx
        .update(sermons)
        .set({ durationMs: recorded.durationMs })
        .where(and(eq(sermons.id, sermonId), eq(sermons.mediaRevision, mediaRevision)))
      await storeConvertedFiles(tx, { churchId, sermonId, mediaRevision }, recorded)
      return { playable: true }
    })
  }
}
