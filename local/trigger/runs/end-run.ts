import type { TaskRunError } from '@trigger.dev/core/v3'

import type { Engine } from '../engine.ts'
import type { AttemptEnd } from '../execution/decide-end.ts'
import { completeRunWaits } from '../waits/complete-waits.ts'
import type { RunRow, RunStatus } from './run-row.ts'

type Attempt = { run: RunRow; end: AttemptEnd; durationMs: number }

/**
 * Writes an attempt's end down and what follows from it, only while the run is still on this attempt.
 * Returns the run as it is now, or undefined when somebody else moved it meanwhile.
 */
export async function recordAttemptEnd(engine: Engine, attempt: Attempt): Promise<RunRow | undefined> {
  const { run, end } = attempt
  const now = engine.now()
  const next = describeNext(end, run, now)
  const [row] = await engine.db.query<RunRow>(
    `with ended as (
       update engine.attempts set ended_at = $4, outcome = $5, error = $6, duration_ms = $7
       where run_id = $1 and number = $2 and host_id = $3 and ended_at is null
     )
     update engine.runs set
       status = $8, output = $9, output_type = $10, error = $6,
       run_at = coalesce($11, run_at), order_at = coalesce($11, order_at), machine = coalesce($12, machine),
       queued_at = coalesce($11, queued_at), finished_at = $13, updated_at = $4, job_id = null,
       duration_ms = duration_ms + $7
     where id = $1 and attempt_count = $2 and host_id = $3 and status in ('EXECUTING', 'WAITING')
     returning *`,
    [
      run.id,
      run.attempt_count,
      engine.hostId,
      now,
      end.kind,
      end.kind === 'succeeded' ? null : JSON.stringify(end.error),
      attempt.durationMs,
      next.status,
      end.kind === 'succeeded' ? end.output : null,
      end.kind === 'succeeded' ? end.outputType : null,
      next.runAt,
      next.machine,
      next.finishedAt,
    ],
  )
  if (row) return follow(engine, row)
  // The answer to a first try may have been lost with its connection: then the run already shows it.
  const [current] = await engine.db.query<RunRow>('select * from engine.runs where id = $1', [run.id])
  const applied = current?.status === next.status && current.attempt_count === run.attempt_count
  return applied ? follow(engine, current) : undefined
}

function follow(engine: Engine, row: RunRow): RunRow {
  if (row.finished_at) completeRunWaits(engine, row)
  else engine.wakeAt(row.run_at)
  return row
}

function describeNext(end: AttemptEnd, run: RunRow, now: Date) {
  if (end.kind === 'retry') {
    return {
      status: 'QUEUED' as RunStatus,
      runAt: new Date(now.getTime() + end.delayMs),
      machine: end.machine,
      finishedAt: null,
    }
  }
  const status: RunStatus =
    end.kind === 'succeeded' ? 'COMPLETED' : end.kind === 'cancelled' ? 'CANCELED' : end.status
  return { status, runAt: null, machine: run.machine, finishedAt: now }
}

/**
 * Puts an attempt that its host lost back into the line. It does not count: the next try has the same
 * number. A run somebody asked to cancel is cancelled instead.
 */
export async function returnToLine(
  query: Engine['db']['query'],
  options: { now: Date; hostId?: string; runId?: string; outcome: 'host_lost' | 'shut_down' },
): Promise<RunRow[]> {
  return query<RunRow>(
    `with ended as (
       update engine.attempts set ended_at = $1, outcome = $2
       where ended_at is null and ($3::text is null or host_id = $3) and ($4::text is null or run_id = $4)
     )
     update engine.runs set
       status = case when cancel_requested_at is null then 'QUEUED' else 'CANCELED' end,
       finished_at = case when cancel_requested_at is null then null else $1::timestamptz end,
       error = case when cancel_requested_at is null then error else $5::jsonb end,
       attempt_count = case when status = 'DEQUEUED' then attempt_count else greatest(attempt_count - 1, 0) end,
       job_id = null, host_id = null, updated_at = $1
     where status in ('DEQUEUED', 'EXECUTING', 'WAITING')
       and ($3::text is null or host_id = $3) and ($4::text is null or id = $4)
     returning *`,
    [
      options.now,
      options.outcome,
      options.hostId ?? null,
      options.runId ?? null,
      JSON.stringify(cancelledError),
    ],
  )
}

export const cancelledError: TaskRunError = { type: 'INTERNAL_ERROR', code: 'TASK_RUN_CANCELLED' }
