import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database, Transaction } from '#lib/db/connect-database.ts'
import { auditLog, deadLetters, events } from '#lib/db/schema.ts'
import { type DeadLetterRow, decideRedrive, readRedriveFacts } from '#lib/dead-letters/plan-redrive.ts'
import { AppError } from '#lib/errors.ts'
import { enqueueStored } from '#lib/events/enqueue-event.ts'
import { requestProcessing } from '#lib/facets/request-processing.ts'

type RedriveTarget = { deadLetterId: string; churchId?: string; actorId: string | null }

/**
 * Closes one open dead letter by writing a new event for the same work; finished steps are skipped when it
 * runs. When two callers do this at the same time, one succeeds. Throws `not_found` when the dead letter is not
 * open, and `conflict` with the reason when it cannot be redriven.
 */
export async function redriveOne(
  { db, now }: { db: Database; now: () => Date },
  { deadLetterId, churchId, actorId }: RedriveTarget,
): Promise<{ eventId: string }> {
  return db.transaction(async (tx) => {
    const released = await releaseDeadLetter(tx, { deadLetterId, churchId, now: now() })
    if ('blockedBecause' in released) throw new AppError('conflict', released.blockedBecause)
    await tx.insert(auditLog).values({
      churchId: released.deadLetter.churchId,
      actorId,
      action: 'dead-letter.redriven',
      subject: deadLetterId,
      details: { eventId: released.eventId, fingerprint: released.deadLetter.fingerprint },
    })
    return { eventId: released.eventId }
  })
}

/**
 * Closes an open dead letter with a new event, in the given transaction; leaves it open when it cannot be
 * redriven.
 */
export async function releaseDeadLetter(
  tx: Transaction,
  { deadLetterId, churchId, now }: { deadLetterId: string; churchId?: string | undefined; now: Date },
): Promise<
  { deadLetter: DeadLetterRow; eventId: string } | { deadLetter: DeadLetterRow; blockedBecause: string }
> {
  const [deadLetter] = await tx
    .select()
    .from(deadLetters)
    .where(
      and(
        eq(deadLetters.id, deadLetterId),
        eq(deadLetters.state, 'open'),
        churchId ? eq(deadLetters.churchId, churchId) : undefined,
      ),
    )
    .for('update')
  if (!deadLetter) throw notOpen()
  const facts = await readRedriveFacts(tx, [deadLetter])
  const action = decideRedrive(
    deadLetter,
    facts.get(deadLetter.id) ?? { sermon: null, event: null, runPayload: null },
  )
  if (action.kind === 'blocked') return { deadLetter, blockedBecause: action.because }
  const eventId =
    action.kind === 'process'
      ? ((await findWaitingRequest(tx, action.sermonId)) ??
        (await requestProcessing(tx, { ...action, redo: [] })))
      : await enqueueStored(tx, {
          type: action.type,
          churchId: action.churchId,
          ...(action.sermonId ? { sermonId: action.sermonId } : {}),
          payload: action.payload,
        })
  await tx
    .update(deadLetters)
    .set({ state: 'redriven', newEventId: eventId, settledAt: now })
    .where(eq(deadLetters.id, deadLetter.id))
  return { deadLetter, eventId }
}

/** A pending request for the same sermon, not yet forwarded, which the dead letter can share. */
async function findWaitingRequest(tx: Transaction, sermonId: string): Promise<string | null> {
  const [waiting] = await tx
    .select({ id: events.id })
    .from(events)
    .where(
      and(
        eq(events.sermonId, sermonId),
        eq(events.state, 'pending'),
        eq(events.type, 'sermon.reprocess'),
        eq(events.attempts, 0),
        sql`${events.payload} -> 'redo' = '[]'::jsonb`,
      ),
    )
    .limit(1)
  return waiting?.id ?? null
}

/** Discards open dead letters permanently, by id or all of one fingerprint. Returns how many. */
export async function discardDeadLetters(
  { db, now }: { db: Database; now: () => Date },
  {
    churchId,
    actorId,
    ...target
  }: ({ deadLetterIds: string[] } | { fingerprint: string }) & { churchId?: string; actorId: string | null },
): Promise<number> {
  const which =
    'deadLetterIds' in target
      ? inArray(deadLetters.id, target.deadLetterIds)
      : eq(deadLetters.fingerprint, target.fingerprint)
  return db.transaction(async (tx) => {
    const discarded = await tx
      .update(deadLetters)
      .set({ state: 'discarded', settledAt: now() })
      .where(
        and(which, eq(deadLetters.state, 'open'), churchId ? eq(deadLetters.churchId, churchId) : undefined),
      )
      .returning({ id: deadLetters.id, churchId: deadLetters.churchId })
    if (discarded.length === 0) throw notOpen()
    await tx.insert(auditLog).values({
      churchId: churchId ?? discarded[0]?.churchId ?? null,
      actorId,
      action: 'dead-letter.discarded',
      subject: 'deadLetterIds' in target ? (target.deadLetterIds[0] ?? '') : target.fingerprint,
      details: { count: discarded.length, letterIds: discarded.slice(0, 100).map(({ id }) => id) },
    })
    return discarded.length
  })
}

function notOpen(): AppError {
  return new AppError('not_found', 'There is no such open dead letter. It may be closed already.')
}
