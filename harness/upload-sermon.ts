import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import type { Services } from '#lib/create-services.ts'
import { mediaAssets } from '#lib/db/schema.ts'
import { completeUpload } from '#lib/sermons/complete-upload.ts'
import { createSermon } from '#lib/sermons/create-sermon.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { supplyTranscript } from '#lib/sermons/supply-transcript.ts'
import { uploadFile } from '#lib/storage/upload-file.ts'

/** Uploads a local file through the product's upload commands; returns the sermon's id. */
export async function uploadSermon(
  services: Services,
  input: { churchId: string; filePath: string; title?: string; transcriptFile?: string },
): Promise<string> {
  const { churchId, filePath } = input
  const { size } = await stat(filePath)
  const { sermonId } = await createSermon(services, {
    churchId,
    createdBy: null,
    title: input.title ?? path.basename(filePath),
    fileName: path.basename(filePath),
    sizeBytes: size,
    contentType: 'application/octet-stream',
    publish: false,
  })
  const [original] = await services.db.select().from(mediaAssets).where(eq(mediaAssets.sermonId, sermonId))
  if (!original) throw new Error('The draft has no asset for its recording')
  await uploadFile(services, {
    bucket: 'originals',
    path: original.path,
    filePath,
    contentType: 'application/octet-stream',
    replace: true,
  })
  if (input.transcriptFile) {
    const bytes = await readFile(input.transcriptFile)
    await supplyTranscript(services, {
      sermonId,
      churchId,
      bytes,
      fileName: path.basename(input.transcriptFile),
    })
  }
  await completeUpload(services, { sermonId, churchId })
  return sermonId
}

/** Waits until no facet of a sermon is pending or running; fails after `limitMs`. */
export async function waitForProcessing(
  services: Services,
  { sermonId, churchId, limitMs = 120_000 }: { sermonId: string; churchId: string; limitMs?: number },
): Promise<SermonView> {
  const deadlineMs = performance.now() + limitMs
  for (;;) {
    const sermon = await findChurchSermon(services, { id: sermonId, churchId })
    const { media, transcript, index } = sermon.facets
    const isProcessing = [media, transcript, index].some(
      ({ status }) => status === 'pending' || status === 'running',
    )
    if (!isProcessing) return sermon
    if (performance.now() > deadlineMs)
      throw new Error(`Processing has not ended: ${JSON.stringify(sermon.facets)}`)
    await delay(100)
  }
}
