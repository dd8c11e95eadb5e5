import { and, eq, isNull, lt } from 'drizzle-orm'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { type AttemptStatus, type RunStatus, runAttempts, type StoredError } from '#lib/db/schema.ts'

/** The error of an attempt whose process died: all we know is that another attempt followed. */
const goneError: StoredError = {
  name: 'AttemptLost',
  message: 'The process of this attempt ended without reporting a result. Another attempt followed.',
}

/** Records that an attempt of a run has begun. Earlier attempts that are still open are recorded as crashed. */
export async function beginAttempt(
  db: DatabaseOrTransaction,
  { runId, attempt, machine, now }: { runId: string; attempt: number; machine: string | null; now: Date },
): Promise<void> {
  const begun = { status: 'running' as const, machine, error: null, startedAt: now, finishedAt: null }
  await db
    .insert(runAttempts)
    .values({ runId, attempt, ...begun })
    .onConflictDoUpdate({ target: [runAttempts.runId, runAttempts.attempt], set: begun })
  if (attempt === 1) return
  await db
    .update(runAttempts)
    .set({ status: 'crashed', error: goneError, finishedAt: now })
    .where(and(openOf(runId), lt(runAttempts.attempt, attempt)))
}

/** Records the end of the open attempt of a run; there is at most one. */
export async function endAttempts(
  db: DatabaseOrTransaction,
  { runId, status, error, at }: { runId: string; status: RunStatus; error: StoredError | null; at: Date },
): Promise<void> {
  await db
    .update(runAttempts)
    .set({ status: attemptStatusOf(status), error, finishedAt: at })
    .where(openOf(runId))
}

const openOf = (runId: string) => and(eq(runAttempts.runId, runId), isNull(runAttempts.finishedAt))

function attemptStatusOf(status: RunStatus): AttemptStatus {
  switch (status) {
    case 'completed':
    case 'crashed':
    case 'timed_out':
    case 'cancelled':
      return status
    default:
      return 'failed'
  }
}
