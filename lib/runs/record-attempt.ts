import { and, eq, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { DatabaseOrTransaction } from '#lib/db/connect-database.ts'
import { type AttemptStatus, type RunStatus, runAttempts, type StoredError } from '#lib/db/schema.ts'

/** One execution of a run, as the engine describes it. `attempt` is the engine's number. */
type Execution = { runId: string; attempt: number; machine: string | null; startedAt: Date }

/** The error of an attempt with a process that died, as shown by the attempt that followed. */
const diedError: StoredError = {
  name: 'AttemptLost',
  message: 'The process of this attempt ended without reporting a result. Another attempt followed.',
}

/**
 * Records that an execution of a run has begun and returns its number. The engine repeats a number when an execution
 * did not count as an attempt, for example after its own end; here every execution has its own number, row and
 * error. `startedAt` identifies the execution, so the call can be repeated. Earlier attempts that are still open are
 * recorded as crashed.
 */
export async function beginAttempt(
  db: DatabaseOrTransaction,
  { runId, attempt, machine, startedAt }: Execution,
): Promise<number> {
  const ofRun = eq(runAttempts.runId, runId)
  const at = sql`${startedAt.toISOString()}::timestamptz`
  const { rows } = await db.execute(sql`
    with known as (
      select ${runAttempts.attempt} from ${runAttempts} where ${ofRun} and ${runAttempts.startedAt} = ${at}
    ), crashed as (
      update ${runAttempts}
      set status = 'crashed', error = ${JSON.stringify(diedError)}::jsonb, finished_at = ${at}
      where ${openOf(runId)} and ${runAttempts.startedAt} <> ${at}
    ), begun as (
      insert into ${runAttempts} (run_id, attempt, status, machine, started_at)
      select ${runId}, greatest(${attempt}::integer, coalesce(max(${runAttempts.attempt}), 0) + 1), 'running', ${machine}, ${at}
      from ${runAttempts} where ${ofRun} having not exists (select from known)
      returning attempt
    )
    select attempt from known union all select attempt from begun`)
  return attemptSchema.parse(rows[0]).attempt
}

const attemptSchema = z.object({ attempt: z.number() })

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
