import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { and, eq, sql } from 'drizzle-orm'
import { readChapters } from '#lib/chapters/read-chapters.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import type { TaskPayload } from '#lib/jobs/catalog.ts'
import { measureId3Tag } from '#lib/media/id3-tag.ts'
import { type PipelineContext, readSermonRow, withTemporaryFolder } from '#lib/pipeline/pipeline-context.ts'
import { requireDiskSpace } from '#lib/pipeline/require-disk-space.ts'
import { describePodcastTag, hashPodcastTag, writePodcastFile } from '#lib/pipeline/write-podcast-file.ts'
import { downloadToFile } from '#lib/storage/download-to-file.ts'
import { uploadFile } from '#lib/storage/upload-file.ts'

/**
 * Writes the present details and chapters into the podcast file of a sermon; its sound stays as it is. Does nothing
 * where the file has them already, or where there is no file yet: then the media job writes them.
 */
export async function tagPodcastFile(
  context: PipelineContext,
  { sermonId }: TaskPayload<'tag-podcast-file'>,
): Promise<{ tagged: boolean }> {
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
  const { chapters } = await readChapters({ db }, { sermonId })
  const tag = await describePodcastTag({ db }, { sermonId, chapters })
  const hash = hashPodcastTag(tag)
  if (file.details.tag === hash) return { tagged: false }
  return withTemporaryFolder(async (folder) => {
    const soundFile = path.join(folder, 'before.mp3')
    const filePath = path.join(folder, 'podcast.mp3')
    const { bucket, path: objectPath, contentType } = file
    await requireDiskSpace(services, { folder, sizeBytes: 2 * file.sizeBytes })
    await downloadToFile(services, { bucket, path: objectPath, filePath: soundFile, signal: run.signal })
    const soundFrom = measureId3Tag(await readHead(soundFile))
    await writePodcastFile(tag, { soundFile, soundFrom, filePath, durationMs })
    await uploadFile(services, {
      ...{ bucket, path: objectPath, filePath, contentType },
      replace: true,
      signal: run.signal,
    })
    const sizeBytes = (await stat(filePath)).size
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

async function readHead(filePath: string): Promise<Buffer> {
  await using file = await open(filePath)
  const { buffer } = await file.read(Buffer.alloc(10), 0, 10, 0)
  return buffer
}
