import { stat } from 'node:fs/promises'
import path from 'node:path'
import { and, eq, ne } from 'drizzle-orm'
import { z } from 'zod'
import { readTint } from '#lib/artwork/read-tint.ts'
import { readChurchProfile } from '#lib/churches/church-profile.ts'
import { type ClipRow, isCurrentClip } from '#lib/clips/is-current-clip.ts'
import { planPicture } from '#lib/clips/plan-picture.ts'
import { type Passage, readPassage } from '#lib/clips/read-passage.ts'
import { clips, mediaAssets, series, speakers } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { cutPlaylist } from '#lib/media/cut-playlist.ts'
import { renderClipFile } from '#lib/media/render-clip-file.ts'
import { defaultLanguage } from '#lib/messages/languages.ts'
import { readMessages } from '#lib/messages/read-messages.ts'
import {
  type PipelineContext,
  readSermonRow,
  sermonWork,
  throttleProgress,
  withTemporaryFolder,
} from '#lib/pipeline/pipeline-context.ts'
import { requireDiskSpace } from '#lib/pipeline/require-disk-space.ts'
import { runStep } from '#lib/runs/run-step.ts'
import { readRenditions } from '#lib/sermons/read-renditions.ts'
import { downloadRanges } from '#lib/storage/download-ranges.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { uploadFile } from '#lib/storage/upload-file.ts'

type SermonRow = Awaited<ReturnType<typeof readSermonRow>>

const renderResult = z.object({ path: z.string(), sizeBytes: z.number(), soundMs: z.number() })

/** What a clip may need on disk: a minute of video and of sound. */
const DISK_BYTES = 64 * 1024 ** 2

const outdated = () =>
  new AppError('unprocessable', 'The words or the recording changed in the meantime. Make the clip again.', {
    reason: 'clip.outdated',
  })

/**
 * Cuts a clip out of the levelled audio of a sermon, draws its words in time and stores it. A replay skips what is done.
 * Throws AppError with a message for the team when it cannot be made.
 */
export async function renderClip(
  context: PipelineContext,
  { churchId, sermonId, clipId, mediaRevision }: TaskPayload<'render-clip'>,
): Promise<{ outcome: 'rendered' | 'removed' }> {
  const { services, run } = context
  const { db } = services
  const sermon = await readSermonRow(context, sermonId)
  const ofClip = eq(clips.id, clipId)
  const [clip] = await db.select().from(clips).where(ofClip)
  if (!clip) return { outcome: 'removed' }
  if (clip.status === 'ready') return { outcome: 'rendered' }
  if (!(await isCurrentClip({ db }, clip, sermon))) throw outdated()
  await db
    .update(clips)
    .set({ status: 'running' })
    .where(and(ofClip, ne(clips.status, 'ready')))
  const reportShare = throttleProgress((progress) =>
    db
      .update(clips)
      .set({ progress })
      .where(and(ofClip, eq(clips.status, 'running'))),
  )
  const work = sermonWork(context, { churchId, sermonId }, `clip/${clipId}`)
  const rendered = await runStep(work, { name: 'render', result: renderResult }, () =>
    withTemporaryFolder(async (folder) => {
      await requireDiskSpace(services, { folder, sizeBytes: DISK_BYTES })
      const { startMs, endMs } = clip
      const passage = await readPassage({ db }, { sermonId, span: { startMs, endMs } })
      if (!passage) throw outdated()
      const sound = await fetchSound(context, { sermonId, passage, folder })
      const isVideo = clip.shape !== 'audio'
      const filePath = path.join(folder, isVideo ? 'clip.mp4' : 'clip.m4a')
      const { soundMs } = await renderClipFile({
        filePath: sound.filePath,
        outputFile: filePath,
        startMs: sound.offsetMs,
        durationMs: passage.span.endMs - passage.span.startMs,
        ...(await describeClip(context, { clip, sermon, passage })),
        signal: run.signal,
        onProgress: reportShare,
      })
      const objectPath = `${churchId}/${sermonId}/${mediaRevision}/clip-${clipId}${path.extname(filePath)}`
      await uploadFile(services, {
        bucket: buckets.media,
        path: objectPath,
        filePath,
        contentType: isVideo ? 'video/mp4' : 'audio/mp4',
        replace: true,
        signal: run.signal,
      })
      return { path: objectPath, sizeBytes: (await stat(filePath)).size, soundMs }
    }),
  )
  return storeClip(context, { clip, ...rendered })
}

/** The part of the best rendition that has the passage: listeners hear that one, at the same times. */
async function fetchSound(
  { services, run }: PipelineContext,
  { sermonId, passage, folder }: { sermonId: string; passage: Passage; folder: string },
): Promise<{ filePath: string; offsetMs: number }> {
  const renditions = await readRenditions(services, { sermonId })
  const best = renditions.toSorted((one, other) => other.bitrateBps - one.bitrateBps)[0]
  if (!best) throw new Error('the sermon has no rendition')
  const { ranges, offsetMs } = cutPlaylist(best.playlist, passage.span)
  const filePath = path.join(folder, 'sound.mp4')
  const { bucket, path: objectPath } = best
  await downloadRanges(services, { bucket, path: objectPath, ranges, filePath, signal: run.signal })
  return { filePath, offsetMs }
}

/** What is seen in a clip, and its tags. */
async function describeClip(
  { services: { db } }: PipelineContext,
  { clip, sermon, passage }: { clip: ClipRow; sermon: SermonRow; passage: Passage },
) {
  const { title, scripture, churchId, speakerId, seriesId } = sermon
  const [[speaker], [inSeries], church] = await Promise.all([
    speakerId ? db.select().from(speakers).where(eq(speakers.id, speakerId)) : [],
    seriesId ? db.select().from(series).where(eq(series.id, seriesId)) : [],
    readChurchProfile({ db }, { churchId }),
  ])
  // A sample was not preached in this church.
  const names = [speaker?.name, sermon.isSample ? null : church.name].filter((name) => name != null)
  const tags = { title, ...(names[0] ? { artist: names[0] } : {}) }
  if (clip.shape === 'audio') return { picture: null, tags }
  const picture = planPicture(
    {
      words: passage.span.words,
      sentenceStarts: passage.excerpt.sentenceStarts,
      hasWordTimes: passage.hasWordTimes,
      title,
      byline: names.join('  ·  '),
      draftNote: passage.isDraft ? readMessages(defaultLanguage).sermon.draftTranscript : null,
      artwork: {
        ...{ title, reference: scripture, family: inSeries?.title ?? title },
        tint: readTint(church.colour),
      },
    },
    clip.shape,
  )
  return { picture, tags }
}

/** Makes the clip ready; removes its file again if it was deleted while it was rendered. */
async function storeClip(
  { services: { db } }: PipelineContext,
  { clip, path: objectPath, sizeBytes }: { clip: ClipRow; path: string; sizeBytes: number },
): Promise<{ outcome: 'rendered' | 'removed' }> {
  const { id, churchId, sermonId, mediaRevision, shape } = clip
  const object = { bucket: buckets.media, path: objectPath }
  return db.transaction(async (tx) => {
    const ready = { status: 'ready', progress: 100, error: null, sizeBytes } as const
    const stored = await tx.update(clips).set(ready).where(eq(clips.id, id)).returning({ id: clips.id })
    if (stored.length === 0) {
      await enqueueEvent(tx, { type: 'sermon.removed', churchId, payload: { churchId, objects: [object] } })
      return { outcome: 'removed' }
    }
    await tx
      .insert(mediaAssets)
      .values({
        ...{ churchId, sermonId, kind: 'clip', name: id, revision: mediaRevision, sizeBytes },
        ...object,
        contentType: shape === 'audio' ? 'audio/mp4' : 'video/mp4',
        uploadedAt: new Date(),
      })
      .onConflictDoUpdate({ target: [mediaAssets.bucket, mediaAssets.path], set: { sizeBytes } })
    return { outcome: 'rendered' }
  })
}
