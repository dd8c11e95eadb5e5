import { randomUUID } from 'node:crypto'
import { and, like, ne, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { mediaAssets, sermons } from '#lib/db/schema.ts'
import type { Env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import {
  findOrCreateSeries,
  findOrCreateSpeaker,
  lockNames,
  setTopics,
} from '#lib/sermons/find-or-create-names.ts'
import { makeSlug } from '#lib/sermons/make-slug.ts'
import { publishedFirst } from '#lib/sermons/publish-sermon.ts'
import { readChurchLanguage } from '#lib/sermons/read-church-language.ts'
import type { NewSermon } from '#lib/sermons/sermon-input.ts'
import { sermonTextLimits } from '#lib/sermons/sermon-text-limits.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'
import { createSignedUpload, type SignedUpload } from '#lib/storage/create-signed-upload.ts'
import { buckets } from '#lib/storage/ensure-buckets.ts'
import { shortenLine } from '#lib/text/clean-text.ts'
import { untitledTitle } from './untitled-title.ts'

type Dependencies = { db: Database; storage: StorageConnection; env: Pick<Env, 'SELAH_MAX_UPLOAD_MB'> }

/**
 * Creates a draft and a signed upload for its recording. Throws `too_large` before a byte is sent when the file
 * is over the limit. Any other file is accepted; problems with it are shown on the sermon later.
 */
export async function createSermon(
  { db, storage, env }: Dependencies,
  input: NewSermon & { churchId: string; createdBy: string | null; isSample?: boolean },
): Promise<{ sermonId: string; upload: SignedUpload }> {
  requireUploadable(env, input)
  const sermonId = randomUUID()
  const path = `${input.churchId}/${sermonId}/1/${randomUUID()}`
  await db.transaction(async (tx) => {
    await lockNames(tx, input)
    const title = input.title || titleFromFileName(input.fileName)
    await tx.insert(sermons).values({
      id: sermonId,
      churchId: input.churchId,
      slug: await freeSlug(tx, title),
      title,
      description: input.description ?? '',
      scripture: input.scripture ?? '',
      speakerId: await findOrCreateSpeaker(tx, { churchId: input.churchId, name: input.speaker ?? '' }),
      seriesId: await findOrCreateSeries(tx, { churchId: input.churchId, title: input.series ?? '' }),
      preachedOn: input.preachedOn ?? null,
      language: input.language ?? (await readChurchLanguage(tx, input)),
      ...(input.publish ? publishedFirst(new Date()) : {}),
      isSample: input.isSample ?? false,
      createdBy: input.createdBy,
    })
    await setTopics(tx, { churchId: input.churchId, sermonId, names: input.topics ?? [] })
    await tx.insert(mediaAssets).values({
      churchId: input.churchId,
      sermonId,
      kind: 'original',
      revision: 1,
      bucket: buckets.originals,
      path,
      fileName: input.fileName,
      contentType: input.contentType,
      sizeBytes: input.sizeBytes,
      uploadedBy: input.createdBy,
    })
  })
  return { sermonId, upload: await createSignedUpload({ storage }, { bucket: buckets.originals, path }) }
}

/** Throws `too_large` when a file of this size is over the limit. */
export function requireUploadable(
  env: Pick<Env, 'SELAH_MAX_UPLOAD_MB'>,
  { sizeBytes }: { sizeBytes: number },
): void {
  if (sizeBytes > env.SELAH_MAX_UPLOAD_MB * 1024 * 1024) {
    throw new AppError(
      'too_large',
      `This file is larger than ${env.SELAH_MAX_UPLOAD_MB} MB. Export it as MP3 or AAC, then upload that.`,
      { reason: 'media.too_large' },
    )
  }
}

/**
 * Finds a slug for this title that no other sermon than `own` has. Keeps a lock until the transaction ends.
 */
export async function freeSlug(tx: Transaction, title: string, own?: { sermonId: string }): Promise<string> {
  const plain = makeSlug(title, new Set())
  // Two uploads with the same title at the same time must not choose the same slug.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('selah.sermon-slug', 0))`)
  const rows = await tx
    .select({ slug: sermons.slug })
    .from(sermons)
    .where(and(like(sermons.slug, sql`${plain} || '%'`), own ? ne(sermons.id, own.sermonId) : undefined))
  return makeSlug(title, new Set(rows.map(({ slug }) => slug)))
}

function titleFromFileName(fileName: string): string {
  const title = fileName
    .replace(/\.[^.]+$/, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
  return shortenLine(title, sermonTextLimits.title) || untitledTitle
}
