import { and, asc, eq, inArray, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm'
import { deleteClipRows } from '#lib/clips/delete-clip.ts'
import { isCurrentClip } from '#lib/clips/is-current-clip.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { clips, events, runs, sermons } from '#lib/db/schema.ts'
import { finalStatuses } from '#lib/jobs/run-statuses.ts'

const DAY_MS = 24 * 60 * 60_000
/** How long a clip that failed or is out of date is kept for its team to see why. */
export const CLIP_KEEP_DAYS = 7
/** How long a clip may be without a live run, as it is between a request and its run. */
const GRACE_MS = 120_000
const PER_PASS = 100

/**
 * Marks clips as failed that no run is making any more, notes which are out of date, and deletes those that failed or
 * have been out of date for `CLIP_KEEP_DAYS`. Returns how many were deleted.
 */
export async function sweepClips({ db, now }: { db: Database; now: () => Date }): Promise<number> {
  await failStoppedClips({ db, now })
  await noteOutdatedClips({ db, now })
  const keptSince = new Date(now().getTime() - CLIP_KEEP_DAYS * DAY_MS)
  const unneeded = or(
    lt(clips.outdatedAt, keptSince),
    and(eq(clips.status, 'failed'), lt(clips.createdAt, keptSince)),
  )
  const due = await db.select().from(clips).where(unneeded).limit(PER_PASS)
  for (const clip of due) await db.transaction((tx) => deleteClipRows(tx, clip))
  return due.length
}

/** A run that was killed and expired, or cancelled with its sermon in the trash, has no hook that says so. */
async function failStoppedClips({ db, now }: { db: Database; now: () => Date }): Promise<void> {
  const quietSince = new Date(now().getTime() - GRACE_MS)
  const isLive = sql`exists (
    select 1 from ${events} where ${events.id} = ${clips.eventId}
    and (${events.state} = 'pending' or (${events.state} = 'forwarded' and ${events.forwardedAt} > ${quietSince}))
  ) or exists (
    select 1 from ${runs} where ${runs.eventId} = ${clips.eventId}
    and ${runs.status} <> all(${sql.param([...finalStatuses])}::text[])
  )`
  await db
    .update(clips)
    .set({
      status: 'failed',
      error: { reason: 'clip.stopped', message: 'The work on this clip stopped. Make it again.' },
    })
    .where(
      and(
        inArray(clips.status, ['pending', 'running']),
        lt(clips.createdAt, quietSince),
        sql`not (${isLive})`,
      ),
    )
}

/** Compares clips with their sermons where one of the two has changed since the last comparison. */
async function noteOutdatedClips({ db, now }: { db: Database; now: () => Date }): Promise<void> {
  const changed = await db
    .select({ clip: clips, sermon: sermons })
    .from(clips)
    .innerJoin(sermons, eq(sermons.id, clips.sermonId))
    .where(
      or(
        and(
          isNull(clips.outdatedAt),
          or(
            ne(clips.mediaRevision, sermons.mediaRevision),
            ne(clips.transcriptRevision, sermons.transcriptRevision),
          ),
        ),
        // The recording before was restored, or a correction was taken back.
        and(isNotNull(clips.outdatedAt), eq(clips.mediaRevision, sermons.mediaRevision)),
      ),
    )
    // Clips that are known to be out of date must not keep others from being compared.
    .orderBy(sql`${clips.outdatedAt} nulls first`, asc(clips.createdAt))
    .limit(PER_PASS)
  for (const { clip, sermon } of changed) {
    const isCurrent = await isCurrentClip({ db }, clip, sermon)
    if (isCurrent === (clip.outdatedAt === null)) continue
    await db
      .update(clips)
      .set({ outdatedAt: isCurrent ? null : now() })
      .where(eq(clips.id, clip.id))
  }
}
