import { and, eq } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { sermons, transcripts } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueEvent } from '#lib/events/enqueue-event.ts'
import { setFacet } from '#lib/facets/set-facet.ts'
import { storeReferences } from '#lib/scripture/store-references.ts'
import { freeSlug } from '#lib/sermons/create-sermon.ts'
import {
  findOrCreateSeries,
  findOrCreateSpeaker,
  lockNames,
  setTopics,
} from '#lib/sermons/find-or-create-names.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import type { SermonChanges } from '#lib/sermons/sermon-input.ts'
import { ofCurrentRecording } from '#lib/transcripts/current-transcript.ts'

/**
 * Changes the details of a sermon. Until it is published for the first time its slug follows the title; then the
 * slug stays, so that links keep working. In another language the sermon is indexed again.
 */
export async function updateSermon(
  { db }: { db: Database },
  { sermonId, churchId, changes }: { sermonId: string; churchId: string; changes: SermonChanges },
): Promise<void> {
  if (changes.title === '') throw new AppError('bad_request', 'Give the sermon a title.')
  await findChurchSermon({ db }, { id: sermonId, churchId })
  const { speaker, series, topics, ...plain } = changes
  const hasNames = [speaker, series, topics].some((given) => given !== undefined)
  await db.transaction(async (tx) => {
    if (hasNames) await lockNames(tx, { churchId })
    if (changes.language !== undefined) await followLanguage(tx, { sermonId, language: changes.language })
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
    if (topics !== undefined) await setTopics(tx, { churchId, sermonId, names: topics })
  })
  if (changes.title !== undefined || changes.scripture !== undefined) {
    await storeReferences({ db }, { sermonId })
  }
}

/** The current transcript is in the language of the sermon, and its words are indexed by the rules of that language. */
async function followLanguage(
  tx: Transaction,
  { sermonId, language }: { sermonId: string; language: string },
): Promise<void> {
  const [sermon] = await tx.select().from(sermons).where(eq(sermons.id, sermonId)).for('update')
  if (!sermon || sermon.language === language) return
  await tx
    .update(transcripts)
    .set({ language })
    .where(and(eq(transcripts.sermonId, sermonId), ofCurrentRecording))
  if (sermon.transcriptStatus !== 'ready') return
  const { churchId } = sermon
  await setFacet(tx, { sermonId, facet: 'index', status: 'pending' })
  await enqueueEvent(tx, { type: 'sermon.reindex', churchId, sermonId, payload: { churchId, sermonId } })
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
