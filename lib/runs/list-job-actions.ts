import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, deadLetters, profiles, redrives } from '#lib/db/schema.ts'

/** What people (and, without an actor, the system itself) do to jobs, as it is audited. */
export const jobActions = {
  queues: ['queue.paused', 'queue.resumed'],
  runs: ['run.retried', 'run.cancelled', 'runs.retried', 'runs.cancelled', 'step.rerun'],
  letters: [
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
  /** Null when the system did it by itself. */
  actor: string | null
  at: string
}

/**
 * The latest actions of one kind in a church, newest first; with `subject` only those about it, with
 * `fingerprint` those about its letters. What a redrive released one by one stands for itself.
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
        fingerprint ? aboutLettersOf(fingerprint) : undefined,
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
    actor: entry.actorId === null ? null : name || email || 'Somebody who has left',
    at: entry.createdAt.toISOString(),
  }))
}

const aboutLettersOf = (fingerprint: string) =>
  sql`(${auditLog.subject} = ${fingerprint} or ${auditLog.details} ->> 'fingerprint' = ${fingerprint}
    or ${auditLog.subject} in (select ${redrives.id}::text from ${redrives} where ${redrives.fingerprint} = ${fingerprint})
    or ${auditLog.subject} in (select ${deadLetters.id}::text from ${deadLetters} where ${deadLetters.fingerprint} = ${fingerprint}))`
