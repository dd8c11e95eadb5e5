import { and, asc, eq, gt, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, deadLetters, redrives, runs } from '#lib/db/schema.ts'
import { releaseDeadLetter } from '#lib/dead-letters/close-dead-letters.ts'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'

type RedriveRow = typeof redrives.$inferSelect
const MAX_BLOCKED_PER_TICK = 100

/**
 * Continues every running redrive: releases as many dead letters as the rate allows now, stops when the
 * same failure has occurred again since the redrive began, and finishes when none are left. All state is in
 * the database, so several processes may call it at the same time and after a restart. Returns how many were released.
 */
export async function advanceRedrives({ db, now }: { db: Database; now: () => Date }): Promise<number> {
  const running = await db.select().from(redrives).where(eq(redrives.state, 'running')).limit(20)
  let released = 0
  for (const { id, perSecond } of running) {
    // One transaction for each dead letter: it is short, and a crash between two loses nothing.
    for (let turn = 0; turn < perSecond + MAX_BLOCKED_PER_TICK; turn += 1) {
      const outcome = await db.transaction((tx) => advanceRedrive(tx, { redriveId: id, now: now() }))
      if (outcome === 'released') released += 1
      if (outcome === 'over') break
    }
  }
  return released
}

async function advanceRedrive(
  tx: Transaction,
  { redriveId, now }: { redriveId: string; now: Date },
): Promise<'released' | 'blocked' | 'over'> {
  const [redrive] = await tx
    .select()
    .from(redrives)
    .where(and(eq(redrives.id, redriveId), eq(redrives.state, 'running')))
    .for('update')
  if (!redrive) return 'over'
  if (await failureReturned(tx, redrive)) {
    await end(tx, redrive, { state: 'stopped', because: 'The same failure came back.', now })
    return 'over'
  }
  if ((await countReleasedSince(tx, redrive, new Date(now.getTime() - 1000))) >= redrive.perSecond) {
    return 'over'
  }
  const [next] = await tx
    .select({ id: deadLetters.id })
    .from(deadLetters)
    .where(and(eq(deadLetters.redriveId, redrive.id), eq(deadLetters.state, 'open')))
    .orderBy(asc(deadLetters.createdAt), asc(deadLetters.id))
    .limit(1)
  if (!next) {
    await end(tx, redrive, { state: 'finished', because: null, now })
    return 'over'
  }
  const result = await releaseDeadLetter(tx, { deadLetterId: next.id, now })
  if ('blockedBecause' in result) {
    // The dead letter stays open with the reason, so that an operator can decide.
    await tx
      .update(deadLetters)
      .set({
        redriveId: null,
        details: { ...result.deadLetter.details, blockedBecause: result.blockedBecause },
      })
      .where(eq(deadLetters.id, next.id))
    await tx
      .update(redrives)
      .set({ total: sql`${redrives.total} - 1` })
      .where(eq(redrives.id, redrive.id))
    return 'blocked'
  }
  await tx
    .update(redrives)
    .set({ released: sql`${redrives.released} + 1` })
    .where(eq(redrives.id, redrive.id))
  await tx.insert(auditLog).values({
    churchId: result.deadLetter.churchId,
    actorId: redrive.startedBy,
    action: 'dead-letter.redriven',
    subject: next.id,
    details: { eventId: result.eventId, redriveId: redrive.id, fingerprint: redrive.fingerprint },
  })
  return 'released'
}

async function countReleasedSince(tx: Transaction, redrive: RedriveRow, since: Date): Promise<number> {
  const [counted] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.redriveId, redrive.id),
        eq(deadLetters.state, 'redriven'),
        gt(deadLetters.settledAt, since),
      ),
    )
  return counted?.count ?? 0
}

/** Whether a new dead letter or failed run has had the same fingerprint since the redrive began. */
async function failureReturned(tx: Transaction, redrive: RedriveRow): Promise<boolean> {
  const [deadLetter] = await tx
    .select({ id: deadLetters.id })
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.fingerprint, redrive.fingerprint),
        gt(deadLetters.createdAt, redrive.createdAt),
        or(isNull(deadLetters.redriveId), ne(deadLetters.redriveId, redrive.id)),
      ),
    )
    .limit(1)
  if (deadLetter) return true
  const [run] = await tx
    .select({ id: runs.id })
    .from(runs)
    .where(
      and(
        eq(runs.errorFingerprint, redrive.fingerprint),
        gt(runs.createdAt, redrive.createdAt),
        inArray(runs.status, [...runStatusGroups.bad]),
      ),
    )
    .limit(1)
  return run !== undefined
}

async function end(
  tx: Transaction,
  redrive: RedriveRow,
  { state, because, now }: { state: 'stopped' | 'finished'; because: string | null; now: Date },
): Promise<void> {
  await tx
    .update(redrives)
    .set({ state, stoppedBecause: because, finishedAt: now })
    .where(eq(redrives.id, redrive.id))
  const [deadLetter] = await tx
    .select({ churchId: deadLetters.churchId })
    .from(deadLetters)
    .where(eq(deadLetters.redriveId, redrive.id))
    .limit(1)
  await tx.insert(auditLog).values({
    churchId: deadLetter?.churchId ?? null,
    actorId: null,
    action: `redrive.${state}`,
    subject: redrive.id,
    details: { fingerprint: redrive.fingerprint, released: redrive.released, because },
  })
}
