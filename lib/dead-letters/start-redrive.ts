import { and, desc, eq, isNull, or, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, deadLetters, type RedriveState, redrives } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'

export type RedriveView = {
  id: string
  fingerprint: string
  state: RedriveState
  perSecond: number
  total: number
  released: number
  stoppedBecause: string | null
  createdAt: string
  finishedAt: string | null
}

/**
 * Starts releasing all open dead letters of a fingerprint at `perSecond` (1 to 100). `advanceRedrives`
 * continues it, also after a restart, and stops it when the failure returns. Throws `not_found` when there
 * are no open dead letters, and `conflict` while another redrive of this fingerprint is running.
 */
export async function startRedrive(
  { db, now }: { db: Database; now: () => Date },
  input: { fingerprint: string; perSecond: number; churchId?: string; actorId: string | null },
): Promise<RedriveView> {
  const { fingerprint, perSecond, churchId, actorId } = input
  return db.transaction(async (tx) => {
    const [running] = await tx
      .select({ id: redrives.id })
      .from(redrives)
      .where(and(eq(redrives.fingerprint, fingerprint), eq(redrives.state, 'running')))
    if (running)
      throw new AppError(
        'conflict',
        'These dead letters are already being redriven. Stop that redrive first.',
      )
    const [redrive] = await tx
      .insert(redrives)
      .values({ fingerprint, state: 'running', perSecond, total: 0, startedBy: actorId, createdAt: now() })
      .returning()
    if (!redrive) throw new Error('The redrive was not stored')
    const taken = await tx
      .update(deadLetters)
      .set({ redriveId: redrive.id })
      .where(
        and(
          eq(deadLetters.fingerprint, fingerprint),
          eq(deadLetters.state, 'open'),
          churchId ? eq(deadLetters.churchId, churchId) : undefined,
        ),
      )
      .returning({ churchId: deadLetters.churchId })
    const total = taken.length
    if (total === 0) throw new AppError('not_found', 'There is no open dead letter of this kind.')
    await tx.update(redrives).set({ total }).where(eq(redrives.id, redrive.id))
    await tx.insert(auditLog).values({
      churchId: churchId ?? taken[0]?.churchId ?? null,
      actorId,
      action: 'redrive.started',
      subject: redrive.id,
      details: { fingerprint, perSecond, total },
    })
    return toRedriveView({ ...redrive, total })
  })
}

/** Stops a running redrive; dead letters not yet released stay open. Throws `not_found` when it is not running. */
export async function stopRedrive(
  { db, now }: { db: Database; now: () => Date },
  { redriveId, churchId, actorId }: { redriveId: string; churchId?: string; actorId: string | null },
): Promise<void> {
  await db.transaction(async (tx) => {
    const ofChurch = churchId
      ? sql`exists (select 1 from ${deadLetters} where ${deadLetters.redriveId} = ${redrives.id} and ${deadLetters.churchId} = ${churchId})`
      : undefined
    const stopped = await tx
      .update(redrives)
      .set({ state: 'stopped', stoppedBecause: 'Stopped by a person.', finishedAt: now() })
      .where(and(eq(redrives.id, redriveId), eq(redrives.state, 'running'), ofChurch))
      .returning({ released: redrives.released })
    const [first] = stopped
    if (!first) throw new AppError('not_found', 'This redrive is not running.')
    await tx.insert(auditLog).values({
      churchId: churchId ?? null,
      actorId,
      action: 'redrive.stopped',
      subject: redriveId,
      details: { released: first.released, because: 'person' },
    })
  })
}

/** The latest 50 redrives, newest first; with `churchId` those that include its dead letters. */
export async function listRedrives(
  { db }: { db: Database },
  { churchId, fingerprint }: { churchId?: string; fingerprint?: string } = {},
): Promise<RedriveView[]> {
  const ofChurch = churchId
    ? sql`exists (select 1 from ${deadLetters} where ${deadLetters.redriveId} = ${redrives.id} and ${or(eq(deadLetters.churchId, churchId), isNull(deadLetters.churchId))})`
    : undefined
  const rows = await db
    .select()
    .from(redrives)
    .where(and(ofChurch, fingerprint ? eq(redrives.fingerprint, fingerprint) : undefined))
    .orderBy(desc(redrives.createdAt))
    .limit(50)
  return rows.map(toRedriveView)
}

function toRedriveView(row: typeof redrives.$inferSelect): RedriveView {
  return {
    id: row.id,
    fingerprint: row.fingerprint,
    state: row.state,
    perSecond: row.perSecond,
    total: row.total,
    released: row.released,
    stoppedBecause: row.stoppedBecause,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  }
}
