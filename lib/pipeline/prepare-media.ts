import { stat } from 'node:fs/promises'
import path from 'node:path'
import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { chaptersSchema, tidyChapters } from '#lib/chapters/chapter.ts'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { storeChapterList } from '#lib/chapters/store-chapter-list.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { encodeLadder } from '#lib/media/encode-ladder.ts'
import { judgeRecording } from '#lib/media/judge-recording.ts'
import { levelLoudness } from '#lib/media/level-loudness.ts'
import { levelledSchema, measureLoudness } from '#lib/media/measure-loudness.ts'
import { channelRepairs, probeMedia } from '#lib/media/probe-media.ts'
import {
  originalFetcher,
  type PipelineContext,
  readSermonRow,
  sermonWork,
  throttleProgress,
  withTemporaryFolder,
} from '#lib/pipeline/pipeline-context.ts'
import { type Postponed, postponeWhenLimited } from '#lib/pipeline/postpone-when-limited.ts'
import { describePodcastTag, hashPodcastTag, writePodcastFile } from '#lib/pipeline/write-podcast-file.ts'
import { runStep } from '#lib/runs/run-step.ts'
import { renditionDetailsSchema } from '#lib/sermons/read-renditions.ts'
import { waveformSchema } from '#lib/sermons/read-waveform.ts'
import { storeRecordingReport } from '#lib/sermons/store-recording-report.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { uploadFile } from '#lib/storage/upload-file.ts'

const probeResult = z
  .object({
    durationMs: z.number(),
    spanMs: z.number(),
    announcedMs: z.number().nullable(),
    channels: z.number(),
    sampleRateHz: z.number(),
    track: z.object({ number: z.number(), of: z.number() }),
    repair: z.enum(channelRepairs).nullable(),
    chapters: chaptersSchema,
  })
  .loose()
const measureResult = waveformSchema.extend({
  integratedLufs: z.number(),
  peakDbfs: z.number(),
  limiterLossDb: z.array(z.number()),
  decodedDurationMs: z.number(),
  levelled: levelledSchema.nullable().default(null),
})
const levelResult = z.object({
  gainDb: z.number(),
  ceilingDb: z.number().nullable(),
  predictedLufs: z.number(),
  levelling: z.array(z.number()).nullable().default(null),
})
const storedFile = z.object({ path: z.string(), sizeBytes: z.number() })
const encodeResult = z.object({
  renditions: z.array(renditionDetailsSchema.extend({ name: z.string() }).extend(storedFile.shape)),
  download: storedFile,
  podcast: storedFile.extend({ tag: z.string().default('') }),
  durationMs: z.number(),
})

type PreparedMedia = { durationMs: number; renditions: string[] }

/** The share of each step in the progress bar; encoding is most of the work. */
const MEASURED_SHARE = 0.2

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
  const { services, run } = context
  const { signal } = run
  const sermon = await readSermonRow(context, sermonId)
  const work = sermonWork(context, { churchId, sermonId }, `media/${mediaRevision}`)
  await setFacet(services.db, { sermonId, facet: 'media', status: 'running', mediaRevision })
  const reportShare = throttleProgress((progress) =>
    setFacet(services.db, {
      sermonId,
      facet: 'media',
      status: 'running',
      progress,
      mediaRevision,
      onlyWhile: 'running',
    }),
  )
  const within = (from: number, to: number) => (share: number) => reportShare(from + share * (to - from))

  return withTemporaryFolder(async (folder) => {
    const original = originalFetcher(context, { sermonId, mediaRevision, folder })

    const probe = await runStep(work, { name: 'probe', result: probeResult }, async () =>
      probeMedia({ filePath: await original(), signal }),
    )
    const measurement = await runStep(work, { name: 'measure', result: measureResult }, async () =>
      measureLoudness({ filePath: await original(), probe, signal, onProgress: within(0, MEASURED_SHARE) }),
    )
    // Outside a step: it changes nothing when it is repeated.
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
    const level = await runStep(work, { name: 'level', result: levelResult }, async () =>
      levelLoudness(measurement),
    )
    const encoded = await runStep(work, { name: 'encode', result: encodeResult }, async () => {
      const ladder = await encodeLadder({
        filePath: await original(),
        outputDir: path.join(folder, 'ladder'),
        gainDb: level.gainDb,
        ceilingDb: level.ceilingDb,
        levelling: level.levelling,
        probe,
        durationMs: measurement.decodedDurationMs,
        tags: { title: sermon.title },
        signal,
        onProgress: within(MEASURED_SHARE, 1),
      })
      const store = async (filePath: string, name: string, contentType: string) => {
        const objectPath = `${churchId}/${sermonId}/${mediaRevision}/${name}`
        await uploadFile(services, {
          bucket: buckets.media,
          path: objectPath,
          filePath,
          contentType,
          replace: true,
          signal,
        })
        return objectPath
      }
      const renditions = []
      for (const [order, rendition] of ladder.renditions.entries()) {
        const { name, bitrateBps, channels, bandwidthBps, averageBandwidthBps, playlist, sizeBytes } =
          rendition
        const objectPath = await store(rendition.mediaFile, `${name}.mp4`, 'audio/mp4')
        renditions.push({
          order,
          name,
          bitrateBps,
          channels,
          bandwidthBps,
          averageBandwidthBps,
          playlist,
          path: objectPath,
          sizeBytes,
        })
      }
      const download = {
        path: await store(ladder.downloadFile, 'download.m4a', 'audio/mp4'),
        sizeBytes: ladder.downloadSizeBytes,
      }
      const durationMs = Math.round(measurement.decodedDurationMs)
      const filePath = path.join(folder, 'podcast.mp3')
      const tag = await describePodcastTag(services, {
        sermonId,
        chapters: (await readChapters(services, { sermonId })).chapters,
      })
      await writePodcastFile(tag, { soundFile: ladder.podcastFile, filePath, durationMs })
      const podcast = {
        path: await store(filePath, 'podcast.mp3', 'audio/mpeg'),
        sizeBytes: (await stat(filePath)).size,
        tag: hashPodcastTag(tag),
      }
      return { renditions, download, podcast, durationMs }
    })
    await runStep(work, { name: 'make-playable', result: z.object({ playable: z.boolean() }) }, () =>
      makePlayable(encoded, measurement),
    )
    // Outside the step: a replay that skips the step must still mark the facet as ready.
    await setFacet(services.db, { sermonId, facet: 'media', status: 'ready', mediaRevision })
    return { durationMs: encoded.durationMs, renditions: encoded.renditions.map(({ name }) => name) }
  })

  async function makePlayable(
    encoded: z.infer<typeof encodeResult>,
    { peaks, silences }: z.infer<typeof measureResult>,
  ): Promise<{ playable: boolean }> {
    const { tag, ...podcast } = encoded.podcast
    return services.db.transaction(async (tx) => {
      const current = await setFacet(tx, { sermonId, facet: 'media', status: 'ready', mediaRevision })
      if (!current) return { playable: false }
      const common = {
        churchId,
        sermonId,
        revision: mediaRevision,
        bucket: buckets.media,
        uploadedAt: new Date(),
      }
      await tx
        .delete(mediaAssets)
        .where(
          and(
            eq(mediaAssets.sermonId, sermonId),
            inArray(mediaAssets.kind, ['rendition', 'download', 'podcast', 'waveform']),
            eq(mediaAssets.revision, mediaRevision),
          ),
        )
      await tx.insert(mediaAssets).values([
        ...encoded.renditions.map(({ name, path: objectPath, sizeBytes, ...details }) => ({
          ...common,
          kind: 'rendition' as const,
          name,
          path: objectPath,
          contentType: 'audio/mp4',
          sizeBytes,
          details,
        })),
        { ...common, kind: 'download' as const, contentType: 'audio/mp4', ...encoded.download },
        { ...common, kind: 'podcast' as const, contentType: 'audio/mpeg', ...podcast, details: { tag } },
        {
          ...common,
          kind: 'waveform' as const,
          path: `${churchId}/${sermonId}/${mediaRevision}/waveform`,
          contentType: 'application/json',
          sizeBytes: 0,
          details: { peaks, silences },
        },
      ])
      await tx
        .update(sermons)
        .set({ durationMs: encoded.durationMs })
        .where(and(eq(sermons.id, sermonId), eq(sermons.mediaRevision, mediaRevision)))
      const shown = await readChapters({ db: tx }, { sermonId })
      const wanted = await describePodcastTag({ db: tx }, { sermonId, chapters: shown.chapters })
      if (hashPodcastTag(wanted) !== tag) {
        // The details or the chapters were changed while the recording was encoded.
        await enqueueEvent(tx, {
          type: 'sermon.tags-changed',
          churchId,
          sermonId,
          payload: { churchId, sermonId },
        })
      }
      return { playable: true }
    })
  }
}
