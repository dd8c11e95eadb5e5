import { stat } from 'node:fs/promises'
import path from 'node:path'
import { and, eq, inArray } from 'drizzle-orm'
import { z } from 'zod'
import { type Chapter, chaptersSchema } from '#lib/chapters/chapter.ts'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import type { Transaction } from '#lib/db/connect-database.ts'
import { mediaAssets } from '#lib/db/schema.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { encodeLadder } from '#lib/media/encode-ladder.ts'
import { levelLoudness } from '#lib/media/level-loudness.ts'
import { levelledSchema, measureLoudness } from '#lib/media/measure-loudness.ts'
import { channelRepairs, probeMedia } from '#lib/media/probe-media.ts'
import type { RecordingCut } from '#lib/media/recording-cut.ts'
import {
  originalFetcher,
  type PipelineContext,
  readSermonRow,
  sermonWork,
  withTemporaryFolder,
} from '#lib/pipeline/pipeline-context.ts'
import { describePodcastTag, hashPodcastTag, writePodcastFile } from '#lib/pipeline/write-podcast-file.ts'
import { runStep } from '#lib/runs/run-step.ts'
import { renditionDetailsSchema } from '#lib/sermons/read-renditions.ts'
import { waveformSchema } from '#lib/sermons/read-waveform.ts'
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

/** The share of each step in the progress bar; encoding is most of the work. */
const MEASURED_SHARE = 0.2

/** What was found out about a recording before it was encoded. */
export type Inspected = { probe: z.infer<typeof probeResult>; measurement: z.infer<typeof measureResult> }

export type ConvertedRecording = z.infer<typeof encodeResult> & Pick<Inspected, 'measurement'>

type Recording = {
  churchId: string
  sermonId: string
  mediaRevision: number
  /** The part of the original that the recording consists of; null for all of it. */
  cut: RecordingCut | null
}

/**
 * Converts a recording, or a part of one, to levelled, adaptive audio in storage. Each part of the work is a stored
 * step, so a replay resumes where the last run stopped. Nobody hears the result before `storeConvertedFiles`.
 */
export async function convertRecording(
  context: PipelineContext,
  { churchId, sermonId, mediaRevision, cut }: Recording,
  {
    readTagChapters,
    onInspected,
    onProgress,
  }: {
    /** The chapters for the podcast file. */
    readTagChapters: () => Promise<Chapter[]>
    onInspected?: (inspected: Inspected) => Promise<void>
    onProgress: (share: number) => void
  },
): Promise<ConvertedRecording> {
  const { services, run } = context
  const { signal } = run
  const sermon = await readSermonRow(context, sermonId)
  const work = sermonWork(context, { churchId, sermonId }, `media/${mediaRevision}`)
  const within = (from: number, to: number) => (share: number) => onProgress(from + share * (to - from))
  return withTemporaryFolder(async (folder) => {
    const original = originalFetcher(context, { sermonId, mediaRevision, folder })

    const probe = await runStep(work, { name: 'probe', result: probeResult }, async () =>
      probeMedia({ filePath: await original(), signal }),
    )
    const measurement = await runStep(work, { name: 'measure', result: measureResult }, async () =>
      measureLoudness({
        filePath: await original(),
        probe,
        cut,
        signal,
        onProgress: within(0, MEASURED_SHARE),
      }),
    )
    await onInspected?.({ probe, measurement })
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
        cut,
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
        chapters: await readTagChapters(),
      })
      await writePodcastFile(tag, { soundFile: ladder.podcastFile, filePath, durationMs })
      const podcast = {
        path: await store(filePath, 'podcast.mp3', 'audio/mpeg'),
        sizeBytes: (await stat(filePath)).size,
        tag: hashPodcastTag(tag),
      }
      return { renditions, download, podcast, durationMs }
    })
    return { ...encoded, measurement }
  })
}

/**
 * Records the files of a converted recording, which is the current one of its sermon, in the place of those before. If
 * the details or the chapters were changed in the meantime, a new podcast file is requested.
 */
export async function storeConvertedFiles(
  tx: Transaction,
  { churchId, sermonId, mediaRevision }: Omit<Recording, 'cut'>,
  converted: ConvertedRecording,
): Promise<void> {
  const { tag, ...podcast } = converted.podcast
  const { peaks, silences } = converted.measurement
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
    ...converted.renditions.map(({ name, path: objectPath, sizeBytes, ...details }) => ({
      ...common,
      kind: 'rendition' as const,
      name,
      path: objectPath,
      contentType: 'audio/mp4',
      sizeBytes,
      details,
    })),
    { ...common, kind: 'download' as const, contentType: 'audio/mp4', ...converted.download },
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
  const shown = await readChapters({ db: tx }, { sermonId })
  const wanted = await describePodcastTag({ db: tx }, { sermonId, chapters: shown.chapters })
  if (hashPodcastTag(wanted) !== tag) {
    // The details or the chapters were changed while the recording was converted.
    await enqueueEvent(tx, {
      type: 'sermon.tags-changed',
      churchId,
      sermonId,
      payload: { churchId, sermonId },
    })
  }
}
