import { and, eq } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { findOrCreateSeries, findOrCreateSpeaker } from '#lib/sermons/find-or-create-names.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import type { SermonChanges } from '#lib/sermons/sermon-input.ts'

/** Changes the details of a sermon. Its slug stays, so links keep working. */
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
        updatedAt: new Date(),
      })
      .where(and(eq(sermons.id, sermonId), eq(sermons.churchId, churchId)))
  })
  if (changes.title !== undefined || changes.scripture !== undefined) {
    await storeReferences({ db }, { sermonId })
  }
}
