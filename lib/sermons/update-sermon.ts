import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { freeSlug } from '#lib/sermons/create-sermon.ts'
import { findOrCreateSeries, findOrCreateSpeaker } from '#lib/sermons/find-or-create-names.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import type { SermonChanges } from '#lib/sermons/sermon-input.ts'

/**
 * Changes the details of a sermon. Until it is published for the first time its slug follows the title; then the
 * slug stays, so that links keep working.
 */
export async function updateSermon(
  { db }: { db: Database },
  { sermonId, churchId, changes }: { sermonId: string; churchId: string; changes: SermonChanges },
): Promise<void> {
  if (changes.title === '') throw new AppError('bad_request', 'Give the sermon a title.')
  await findChurchSermon({ db }, { id: sermonId, churchId })
  const { speaker, series, ...plain } = changes
  await db.transaction(async (tx) => {
    await tx
      .update(sermons)
      .set({
        ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
        ...(speaker === undefined
          ? {}
          : { speakerId: await findOrCreateSpeaker(tx, { churchId, name: speaker }) }),
        ...(series === undefined
          ? {}
          : { seriesId: await findOrCreateSeries(tx, { churchId, title: series }) }),
        ...(changes.title === undefined ? {} : await followTitle(tx, { sermonId, title: changes.title })),
        updatedAt: new Date(),
      })
      .where(and(eq(sermons.id, sermonId), eq(sermons.churchId, churchId)))
  })
  if (changes.title !== undefined || changes.scripture !== undefined) {
    await storeReferences({ db }, { sermonId })
  }
}

async function followTitle(
  tx: Transaction,
  { sermonId, title }: { sermonId: string; title: string },
): Promise<{ slug?: string }> {
  const [sermon] = await tx
    .select({ title: sermons.title, firstPublishedAt: sermons.firstPublishedAt })
    .from(sermons)
    .where(eq(sermons.id, sermonId))
    .for('update')
  if (!sermon || sermon.firstPublishedAt || sermon.title === title) return {}
  return { slug: await freeSlug(tx, title, { sermonId }) }
}
