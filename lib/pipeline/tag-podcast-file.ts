import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { and, eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { measureId3Tag } from '#lib/media/id3-tag.ts'
import {
  type PipelineContext,
  readSermonRow,
  sermonWork,
  withTemporaryFolder,
} from '#lib/pipeline/pipeline-context.ts'
import { requireDiskSpace } from '#lib/pipeline/require-disk-space.ts'
import { describePodcastTag, hashPodcastTag, writePodcastFile } from '#lib/pipeline/write-podcast-file.ts'
import { runStep } from '#lib/runs/run-step.ts'
import { downloadToFile } from '#lib/storage/download-to-file.ts'
import { uploadFile } from '#lib/storage/upload-file.ts'

const tagResult = z.object({ tagged: z.boolean() })

/**
 * Writes the present details and chapters into the podcast file of a sermon; its sound stays as it is. Does nothing
 * where the file has them already, or where there is no file yet: then the media job writes them.
 */
export async function tagPodcastFile(
  context: PipelineContext,
  { sermonId, churchId }: TaskPayload<'tag-podcast-file'>,
): Promise<z.infer<typeof tagResult>> {
  const { services, run } = context
  const { db } = services
  const sermon = await readSermonRow(context, sermonId)
  const isPodcastFile = and(
    eq(mediaAssets.sermonId, sermonId),
    eq(mediaAssets.kind, 'podcast'),
    eq(mediaAssets.revision, sermon.mediaRevision),
  )
  const [file] = await db.select().from(mediaAssets).where(isPodcastFile)
  if (!file || sermon.durationMs === null) return { tagged: false }
  const { durationMs } = sermon
  // One step for each request: the same tags can be requested a second time, after others.
  const work = sermonWork(context, { churchId, sermonId }, `podcast/${run.runId}`)
  return runStep(work, { name: 'tag', result: tagResult }, async () => {
    const { chapters } = await readChapters({ db }, { sermonId })
    const tag = await describePodcastTag({ db }, { sermonId, chapters })
    const hash = hashPodcastTag(tag)
    if (file.details.tag === hash) return { tagged: false }
    const sizeBytes = await rewriteFile(context, { file, tag, durationMs })
    await db.transaction(async (tx) => {
      await tx
        .update(mediaAssets)
        .set({ sizeBytes, details: { ...file.details, tag: hash } })
        .where(isPodcastFile)
      // Feeds name the length of the file, and are requested again when a sermon has changed.
      await tx.update(sermons).set({ updatedAt: sql`now()` }).where(eq(sermons.id, sermonId))
    })
    return { tagged: true }
  })
}

/** Replaces the file in storage by one with these tags. Returns its size. */
async function rewriteFile(
  { services, run: { signal } }: PipelineContext,
  {
    file: { bucket, path: objectPath, contentType, sizeBytes },
    tag,
    durationMs,
  }: {
    file: typeof mediaAssets.$inferSelect
    tag: Awaited<ReturnType<typeof describePodcastTag>>
    durationMs: number
  },
): Promise<number> {
  return withTemporaryFolder(async (folder) => {
    const soundFile = path.join(folder, 'before.mp3')
    const filePath = path.join(folder, 'podcast.mp3')
    await requireDiskSpace(services, { folder, sizeBytes: 2 * sizeBytes })
    await downloadToFile(services, { bucket, path: objectPath, filePath: soundFile, signal })
    const soundFrom = measureId3Tag(await readHead(soundFile))
    await writePodcastFile(tag, { soundFile, soundFrom, filePath, durationMs })
    await uploadFile(services, {
      ...{ bucket, path: objectPath, filePath, contentType, signal },
      replace: true,
    })
    return (await stat(filePath)).size
  })
}

async function readHead(filePath: string): Promise<Buffer> {
  await using file = await open(filePath)
  const { buffer } = await file.read(Buffer.alloc(10), 0, 10, 0)
  return buffer
}
