import { and, eq } from 'drizzle-orm'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { type DeadLetterKind, deadLetters } from '#lib/db/schema.ts'

export type NewDeadLetter = {
  kind: DeadLetterKind
  subject: string
  type: string
  churchId: string | null
  sermonId: string | null
  eventId?: string | null
  runId?: string | null
  fingerprint: string
  reason: string
  advice: string
  details?: Record<string, unknown>
}

/**
 * Records a dead letter for work that stopped. A subject has at most one open dead letter. An event or run
 * ends only once, so it never gets a second dead letter, even after the first was closed. Returns the id of the
 * new dead letter, or null when none was created.
 */
export async function recordDeadLetter(
  tx: DatabaseOrTransaction,
  deadLetter: NewDeadLetter,
): Promise<string | null> {
  if (deadLetter.kind === 'event' || deadLetter.kind === 'run') {
    const [known] = await tx
      .select({ id: deadLetters.id })
      .from(deadLetters)
      .where(and(eq(deadLetters.kind, deadLetter.kind), eq(deadLetters.subject, deadLetter.subject)))
      .limit(1)
    if (known) return null
  }
  const [recorded] = await tx
    .insert(deadLetters)
    .values(deadLetter)
    .onConflictDoNothing()
    .returning({ id: deadLetters.id })
  return recorded?.id ?? null
}
