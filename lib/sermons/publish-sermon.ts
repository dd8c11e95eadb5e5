import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { scheduledEvents, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { confirmWarnings, hasUnconfirmedRecording } from '#lib/sermons/recording-warnings.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

type Wanted = { sermonId: string; churchId: string }

const scheduleKey = (sermonId: string) => `publish/${sermonId}`
/** The sermon, unless it was moved to the trash in the meantime. */
const ofChurch = ({ sermonId, churchId }: Wanted) =>
  and(eq(sermons.id, sermonId), eq(sermons.churchId, churchId), isNull(sermons.trashedAt))
const MAX_AHEAD_MS = 366 * 24 * 60 * 60 * 1000

/**
 * What to do with an unconfirmed recording in which something seems to be missing: confirm it, refuse the
 * publication, or change nothing.
 */
type OnWarning = 'confirm' | 'refuse' | 'keep'

/** The columns of a sermon that is published for the first time. */
export function publishedFirst(at: Date) {
  return { publication: 'published' as const, publishedAt: at, firstPublishedAt: at, publishAt: null }
}

/** The columns of a sermon that is published, perhaps again. */
const publishedNow = (at: Date) => ({
  ...publishedFirst(at),
  firstPublishedAt: sql<Date>`coalesce(${sermons.firstPublishedAt}, ${at.toISOString()}::timestamptz)`,
})

/**
 * Publishes a sermon immediately; each facet appears when it is ready. With `onlyIfPlayable`, throws `conflict`
 * with the reason `sermon.not_playable` when it can be neither played nor read and no work on that is queued. With
 * `onWarning: 'refuse'`, throws `conflict` with the reason `sermon.recording_unconfirmed` when something seems to be
 * missing in its recording.
 */
export async function publishSermon(
  { db }: { db: Database },
  {
    sermonId,
    churchId,
    onlyIfPlayable = false,
    onWarning = 'confirm',
  }: Wanted & { onlyIfPlayable?: boolean; onWarning?: OnWarning },
): Promise<void> {
  const sermon = await findChurchSermon({ db }, { id: sermonId, churchId })
  if (onlyIfPlayable) requirePlayable(sermon)
  if (onWarning === 'refuse') requireConfirmed(sermon)
  await db.transaction(async (tx) => {
    if (onWarning === 'confirm' && findUnconfirmed(sermon)) await confirmWarnings(tx, sermon)
    await tx.delete(scheduledEvents).where(eq(scheduledEvents.key, scheduleKey(sermonId)))
    await tx
      .update(sermons)
      .set({ ...publishedNow(new Date()), updatedAt: new Date() })
      .where(ofChurch({ sermonId, churchId }))
  })
}

function requirePlayable({ isTextOnly, facets: { media } }: SermonView): void {
  if (isTextOnly || (media.status !== 'waiting' && media.status !== 'failed')) return
  throw new AppError(
    'conflict',
    media.status === 'waiting'
      ? 'This sermon cannot be played: it has no recording.'
      : 'This sermon cannot be played: its recording could not be prepared.',
    { reason: 'sermon.not_playable' },
  )
}

const findUnconfirmed = ({ recording }: SermonView) => recording?.warnings.find(({ confirmed }) => !confirmed)

function requireConfirmed(sermon: SermonView): void {
  const warning = findUnconfirmed(sermon)
  if (warning) throw new AppError('conflict', warning.message, { reason: 'sermon.recording_unconfirmed' })
}

/** Makes a sermon a draft that only members see, and cancels its schedule. */
export async function unpublishSermon(
  { db }: { db: Database },
  { sermonId, churchId }: Wanted,
): Promise<void> {
  await findChurchSermon({ db }, { id: sermonId, churchId })
  await db.transaction(async (tx) => {
    await tx.delete(scheduledEvents).where(eq(scheduledEvents.key, scheduleKey(sermonId)))
    await tx
      .update(sermons)
      .set({ publication: 'draft', publishedAt: null, publishAt: null, updatedAt: new Date() })
      .where(ofChurch({ sermonId, churchId }))
  })
}

/**
 * Schedules publication up to a year ahead; scheduling again moves it. Throws `bad_request` for a time in the
 * past or further ahead. `onWarning` as for `publishSermon`.
 */
export async function schedulePublication(
  { db, now }: { db: Database; now: () => Date },
  {
    sermonId,
    churchId,
    publishAt,
    onWarning = 'confirm',
  }: Wanted & { publishAt: Date; onWarning?: OnWarning },
): Promise<void> {
  const aheadMs = publishAt.getTime() - now().getTime()
  if (aheadMs <= 0) throw new AppError('bad_request', 'Choose a time in the future.')
  if (aheadMs > MAX_AHEAD_MS) throw new AppError('bad_request', 'Choose a time within the next year.')
  const sermon = await findChurchSermon({ db }, { id: sermonId, churchId })
  if (onWarning === 'refuse') requireConfirmed(sermon)
  await db.transaction(async (tx) => {
    if (onWarning === 'confirm' && findUnconfirmed(sermon)) await confirmWarnings(tx, sermon)
    await tx
      .update(sermons)
      .set({ publication: 'scheduled', publishAt, publishedAt: null, updatedAt: now() })
      .where(ofChurch({ sermonId, churchId }))
    const due = {
      type: 'sermon.publish-due' as const,
      churchId,
      sermonId,
      payload: { churchId, sermonId },
      dueAt: publishAt,
    }
    await tx
      .insert(scheduledEvents)
      .values({ key: scheduleKey(sermonId), ...due })
      .onConflictDoUpdate({ target: scheduledEvents.key, set: due })
  })
}

/**
 * Publishes a scheduled sermon that is due. Does nothing when its schedule was cancelled, and when its recording has a
 * warning that no user has confirmed: `publishHeldSermon` publishes it then.
 */
export async function publishDueSermon(
  { db, now }: { db: Database; now: () => Date },
  { sermonId }: Wanted,
): Promise<boolean> {
  return db.transaction((tx) => publishScheduled(tx, { sermonId, at: now(), isHeld: false }))
}

/**
 * Publishes a scheduled sermon that is due, when no warning prevents it any more. Call it after each change
 * of the warnings of a recording.
 */
export async function publishHeldSermon(
  tx: Transaction,
  { sermonId }: Pick<Wanted, 'sermonId'>,
): Promise<void> {
  await publishScheduled(tx, { sermonId, at: new Date(), isHeld: true })
}

async function publishScheduled(
  tx: Transaction,
  { sermonId, at, isHeld }: { sermonId: string; at: Date; isHeld: boolean },
): Promise<boolean> {
  // With the lock, of a confirmation and a due schedule at the same time the later one sees the earlier one.
  await tx.select({ id: sermons.id }).from(sermons).where(eq(sermons.id, sermonId)).for('update')
  const published = await tx
    .update(sermons)
    .set({ ...publishedNow(at), updatedAt: at })
    .where(
      and(
        eq(sermons.id, sermonId),
        eq(sermons.publication, 'scheduled'),
        isHeld ? lte(sermons.publishAt, sql`clock_timestamp()`) : undefined,
        sql`not ${hasUnconfirmedRecording}`,
      ),
    )
    .returning({ id: sermons.id })
  return published.length > 0
}
