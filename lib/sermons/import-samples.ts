import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { and, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import { installation, mediaAssets, sermons } from '#lib/db/schema.ts'
import type { Env } from '#lib/env.ts'
import { completeUpload } from '#lib/sermons/complete-upload.ts'
import { createSermon } from '#lib/sermons/create-sermon.ts'
import { supplyTranscript } from '#lib/sermons/supply-transcript.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { uploadFile } from '#lib/storage/upload-file.ts'

const sampleSchema = z.object({
  title: z.string(),
  speaker: z.string(),
  series: z.string(),
  scripture: z.string().default(''),
  preachedOn: z.iso.date().nullable(),
  description: z.string(),
})

/**
 * Imports the samples of a new installation through the same pipeline as any recording, once. After an
 * interruption, running it again resumes. Returns how many were added.
 */
export async function importSamples(
  services: { db: Database; env: Pick<Env, 'SELAH_MAX_UPLOAD_MB'>; storage: StorageConnection },
  { churchId, directory }: { churchId: string; directory: string },
): Promise<number> {
  const { db } = services
  const [state] = await db.select().from(installation)
  if (state?.samplesImportedAt) return 0
  let added = 0
  const names = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  for (const { name } of names.toSorted((first, second) => first.name.localeCompare(second.name))) {
    if (await importSample(services, { churchId, folder: path.join(directory, name) })) added += 1
  }
  const done = { samplesImportedAt: new Date() }
  await db.insert(installation).values(done).onConflictDoUpdate({ target: installation.id, set: done })
  return added
}

async function importSample(
  services: { db: Database; env: Pick<Env, 'SELAH_MAX_UPLOAD_MB'>; storage: StorageConnection },
  { churchId, folder }: { churchId: string; folder: string },
): Promise<boolean> {
  const { db } = services
  const sample = sampleSchema.parse(JSON.parse(await readFile(path.join(folder, 'sermon.json'), 'utf8')))
  const audioFile = path.join(folder, 'audio.mp3')
  const sermonId = (await findStarted()) ?? (await start())
  const [original] = await db
    .select({ path: mediaAssets.path, uploadedAt: mediaAssets.uploadedAt })
    .from(mediaAssets)
    .where(and(eq(mediaAssets.sermonId, sermonId), eq(mediaAssets.kind, 'original')))
    .orderBy(desc(mediaAssets.revision))
    .limit(1)
  if (!original || original.uploadedAt) return false
  await uploadFile(services, {
    bucket: buckets.originals,
    path: original.path,
    filePath: audioFile,
    contentType: 'audio/mpeg',
    replace: true,
  })
  const bytes = await readFile(path.join(folder, 'transcript.vtt'))
  await supplyTranscript(services, { sermonId, churchId, bytes, fileName: 'transcript.vtt' })
  await completeUpload(services, { sermonId, churchId })
  return true

  async function findStarted(): Promise<string | undefined> {
    const [row] = await db
      .select({ id: sermons.id })
      .from(sermons)
      .where(and(eq(sermons.churchId, churchId), eq(sermons.isSample, true), eq(sermons.title, sample.title)))
    return row?.id
  }

  async function start(): Promise<string> {
    const { size } = await stat(audioFile)
    const created = await createSermon(services, {
      ...sample,
      fileName: `${path.basename(folder)}.mp3`,
      sizeBytes: size,
      contentType: 'audio/mpeg',
      publish: true,
      churchId,
      createdBy: null,
      isSample: true,
    })
    return created.sermonId
  }
}
