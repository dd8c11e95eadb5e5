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
 * Files work that stopped, once: a subject has at most one open letter. Events and runs end once, so a
 * letter about one that was settled is not filed again. Returns the letter's id, or null when there is one.
 */
export async function recordDeadLetter(
  tx: DatabaseOrTransaction,
  letter: NewDeadLetter,
): Promise<string | null> {
  if (letter.kind === 'event' || letter.kind === 'run') {
    const [known] = await tx
      .select({ id: deadLetters.id })
      .from(deadLetters)
      .where(and(eq(deadLetters.kind, letter.kind), eq(deadLetters.subject, letter.subject)))
      .limit(1)
    if (known) return null
  }
  const [filed] = await tx
    .insert(deadLetters)
    .values(letter)
    .onConflictDoNothing()
    .returning({ id: deadLetters.id })
  return filed?.id ?? null
}
