import type { Store } from '../database/store.ts'
import type { AttemptEnd } from '../model/decide-end.ts'
import type { RunRow } from '../model/run-row.ts'
import { fromStatuses, type TransitionName, transitions } from '../model/run-states.ts'
import type { CrashAssessment } from './assess-crash.ts'

/**
 * Stores how an attempt ended and the run's next status, if this attempt still has the claim on the run.
 * Returns the run as it is now, or undefined when its status was changed in the meantime.
 */
export async function recordAttemptEnd(
  { db, now }: Store,
  attempt: { run: RunRow; end: AttemptEnd; durationMs: number; crash: CrashAssessment | undefined },
): Promise<RunRow | undefined> {
  const { run, end } = attempt
  const at = now()
  const transition = transitionOf(end)
  const status = transitions[transition].to
  const runAt = end.kind === 'retry' ? new Date(at.getTime() + end.delayMs) : null
  const [row] = await db.query<RunRow>(
    `with ended as (
       update engine.attempts set ended_at = $4, outcome = $5, error = $6, duration_ms = $7
       where run_id = $1 and number = $2 and host_id = $3 and ended_at is null
     )
     update engine.runs set
       status = $8, output = $9, output_type = $10, error = $6,
       run_at = coalesce($11, run_at), order_at = coalesce($11, order_at), machine = coalesce($12, machine),
       queued_at = coalesce($11, queued_at), finished_at = $13, updated_at = $4, claim_id = null,
       duration_ms = duration_ms + $7, attempt_count = attempt_count - $15::integer,
       stalled_crashes = coalesce($16, stalled_crashes), steps_at_crash = coalesce($17, steps_at_crash)
     where id = $1 and claim_id = $14 and status in (${fromStatuses(transition)})
     returning *`,
    [
      run.id,
      run.attempt_count,
      run.host_id,
      at,
      end.kind,
      end.kind === 'succeeded' ? null : JSON.stringify(end.error),
      attempt.durationMs,
      status,
      end.kind === 'succeeded' ? end.output : null,
      end.kind === 'succeeded' ? end.outputType : null,
      runAt,
      end.kind === 'retry' ? end.machine : run.machine,
      end.kind === 'retry' ? null : at,
      run.claim_id,
      end.kind === 'retry' && !end.counts ? 1 : 0,
      attempt.crash?.stalled ?? null,
      attempt.crash?.steps ?? null,
    ],
  )
  if (row) return row
  // The answer may have been lost with the connection. Then the run already has the new status.
  const [current] = await db.query<RunRow>('select * from engine.runs where id = $1', [run.id])
  const stored = current?.status === status && current.updated_at.getTime() === at.getTime()
  return stored ? current : undefined
}

function transitionOf(end: AttemptEnd): TransitionName {
  switch (end.kind) {
    case 'succeeded':
      return 'complete'
    case 'cancelled':
      return 'cancel'
    case 'retry':
      return 'retry'
    case 'failed':
      return end.transition
  }
}
