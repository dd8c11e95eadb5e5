import type { Query } from '../database/open-database.ts'
import { cancelledError } from '../model/cancelled-error.ts'
import type { RunRow } from '../model/run-row.ts'
import { fromStatuses, transitions } from '../model/run-states.ts'

/**
 * Queues runs again whose attempt the engine lost or stopped: those of one host, of one run, or all. The
 * attempt does not count: the next one has the same number. A run whose cancellation was requested is
 * cancelled instead.
 */
export async function requeueRuns(
  query: Query,
  options: { now: Date; hostId?: string; runId?: string; outcome: 'host_lost' | 'shut_down' },
): Promise<RunRow[]> {
  return query<RunRow>(
    `with ended as (
       update engine.attempts set ended_at = $1, outcome = $2
       where ended_at is null and ($3::text is null or host_id = $3) and ($4::text is null or run_id = $4)
     )
     update engine.runs set
       status = case when cancel_requested_at is null
         then '${transitions.requeue.to}' else '${transitions.cancel.to}' end,
       finished_at = case when cancel_requested_at is null then null else $1::timestamptz end,
       error = case when cancel_requested_at is null then error else $5::jsonb end,
       attempt_count = greatest(attempt_count - 1, 0), claim_id = null, host_id = null, updated_at = $1
     where status in (${fromStatuses('requeue')})
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
