import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { and, eq } from 'drizzle-orm'
import type { Services } from '#lib/create-services.ts'
import { findCut } from '#lib/cuts/find-cut.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { decodeToPcm } from '#lib/media/decode-to-pcm.ts'
import { requireDiskSpace } from '#lib/pipeline/require-disk-space.ts'
import type { Work } from '#lib/runs/run-step.ts'
import { downloadToFile } from '#lib/storage/download-to-file.ts'

/** What a task passes to the pipeline: the open services and its own run. */
export interface PipelineContext {
  services: Services
  run: { runId: string; taskId: string; attempt: number; signal: AbortSignal }
}

/** The work on one facet of a sermon; `key` names the facet and its version. */
export function sermonWork(
  { services, run }: PipelineContext,
  { churchId, sermonId }: { churchId: string; sermonId: string },
  key: string,
): Work {
  return { db: services.db, workKey: `${sermonId}/${key}`, churchId, sermonId, ...run }
}

/** The sermon's row; throws `not_found` when it was deleted or is in the trash, which ends the task without a retry. */
export async function readSermonRow({ services: { db } }: PipelineContext, sermonId: string) {
  const [row] = await db.select().from(sermons).where(eq(sermons.id, sermonId))
  if (!row || row.trashedAt)
    throw new AppError('not_found', 'This sermon was removed.', { reason: 'sermon.removed' })
  return row
}

/** Calls `use` with a new private folder, which is deleted afterwards in any case. */
export async function withTemporaryFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'selah-'))
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Returns a function that downloads the uploaded recording into the folder on its first call and always returns the
 * path. A part of a recording has the file of the whole.
 */
export function originalFetcher(
  { services, run }: PipelineContext,
  { sermonId, mediaRevision, folder }: { sermonId: string; mediaRevision: number; folder: string },
): () => Promise<string> {
  let fetched: Promise<string> | undefined
  return () => {
    fetched ??= fetchOriginal()
    return fetched
  }

  async function fetchOriginal(): Promise<string> {
    const cut = await findCut(services, { sermonId, mediaRevision })
    const [asset] = await services.db
      .select()
      .from(mediaAssets)
      .where(
        and(
          eq(mediaAssets.sermonId, sermonId),
          eq(mediaAssets.kind, 'original'),
          eq(mediaAssets.revision, cut?.baseRevision ?? mediaRevision),
        ),
      )
    if (!asset?.uploadedAt) {
      throw new AppError('not_found', 'The recording was removed. Upload it again.', {
        reason: 'media.removed',
      })
    }
    const filePath = path.join(folder, 'original')
    await requireDiskSpace(services, { folder, sizeBytes: asset.sizeBytes ?? 0 })
    await downloadToFile(services, {
      bucket: asset.bucket,
      path: asset.path,
      filePath,
      signal: run.signal,
    })
    return filePath
  }
}

/**
 * As `originalFetcher`, but for what is heard: of a part of a recording it returns a new file with only that part, as
 * 16-bit mono WAV of 16 kHz.
 */
export function soundFetcher(
  context: PipelineContext,
  wanted: { sermonId: string; mediaRevision: number; folder: string },
): () => Promise<string> {
  const original = originalFetcher(context, wanted)
  let fetched: Promise<string> | undefined
  return () => {
    fetched ??= fetchSound()
    return fetched
  }

  async function fetchSound(): Promise<string> {
    const cut = await findCut(context.services, wanted)
    const filePath = await original()
    if (!cut) return filePath
    const outputFile = path.join(wanted.folder, 'part.wav')
    await decodeToPcm({ filePath, outputFile, cut, signal: context.run.signal })
    return outputFile
  }
}

/** Calls `report` at most once a second. A failed report is logged and does not fail the work. */
export function throttleProgress(report: (percent: number) => Promise<unknown>): (share: number) => void {
  let lastAtMs = 0
  return (share) => {
    const nowMs = performance.now()
    if (nowMs - lastAtMs < 1000) return
    lastAtMs = nowMs
    report(Math.min(99, Math.round(share * 100))).catch((error: unknown) =>
      console.warn('Progress could not be stored.', error),
    )
  }
}
