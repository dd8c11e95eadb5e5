import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, deadLetters, profiles, redrives } from '#lib/db/schema.ts'

/** Audited actions on jobs, by a user or (without an actor) by the system. */
export const jobActions = {
  files: ['files.removed'],
  queues: ['queue.paused', 'queue.resumed'],
  runs: ['run.retried', 'run.cancelled', 'runs.retried', 'runs.cancelled', 'step.rerun'],
  'dead-letters': [
    'dead-letter.redriven',
    'dead-letter.discarded',
    'redrive.started',
    'redrive.stopped',
    'redrive.finished',
  ],
} as const

export type JobActionKind = keyof typeof jobActions

export type JobAction = {
  id: string
  action: string
  subject: string
  details: Record<string, unknown>
  /** Null when the system did it. */
  actor: string | null
  at: string
}

/**
 * The latest actions of one kind in a church, newest first; with `subject` only those on that subject, with
 * `fingerprint` only those on its dead letters. A redrive is listed once, without each dead letter that it released.
 */
export async function listJobActions(
  { db }: { db: Database },
  {
    churchId,
    kind,
    subject,
    fingerprint,
    limit = 20,
  }: { churchId: string; kind: JobActionKind; subject?: string; fingerprint?: string; limit?: number },
): Promise<JobAction[]> {
  const rows = await db
    .select({ entry: auditLog, name: profiles.displayName, email: profiles.email })
    .from(auditLog)
    .leftJoin(profiles, eq(profiles.id, auditLog.actorId))
    .where(
      and(
        eq(auditLog.churchId, churchId),
        inArray(auditLog.action, [...jobActions[kind]]),
        subject ? eq(auditLog.subject, subject) : undefined,
        fingerprint ? onDeadLettersOf(fingerprint) : undefined,
        sql`${auditLog.details} ->> 'redriveId' is null`,
      ),
    )
    .orderBy(desc(auditLog.createdAt))
    .limit(limit)
  return rows.map(({ entry, name, email }) => ({
    id: entry.id,
    action: entry.action,
    subject: entry.subject,
    details: entry.details,
    actor: entry.actorId === null ? null : name || email || 'A former member',
    at: entry.createdAt.toISOString(),
  }))
}

const onDeadLettersOf = (fingerprint: string) =>
  sql`(${auditLog.subject} = ${fingerprint} or ${auditLog.details} ->> 'fingerprint' = ${fingerprint}
    or ${auditLog.subject} in (select ${redrives.id}::text from ${redrives} where ${redrives.fingerprint} = ${fingerprint})
    or ${auditLog.subject} in (select ${deadLetters.id}::text from ${deadLetters} where ${deadLetters.fingerprint} = ${fingerprint}))`
