import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import { completeRunWaits } from '../waits/complete-waits.ts'
import { cancelledError } from './end-run.ts'
import type { RunRow } from './run-row.ts'

/**
 * Cancels a run and every run it started that has not ended. A run in a worker gets its signal aborted
 * and its hooks called; one in the line just ends. A run that has ended is left as it is.
 */
export async function cancelRun(engine: Engine, runId: string): Promise<void> {
  const now = engine.now()
  const [found] = await engine.db.query<{ status: string }>(
    `update engine.runs set cancel_requested_at = coalesce(cancel_requested_at, $2)
     where id = $1 and finished_at is null returning status`,
    [runId, now],
  )
  if (!found) {
    const [row] = await engine.db.query('select 1 from engine.runs where id = $1', [runId])
    if (!row) throw new AppError('not_found', `There is no run "${runId}".`)
    return
  }
  const active = engine.active.get(runId)
  if (active) active.cancel()
  else await cancelInLine(engine, runId)

  const children = await engine.db.query<{ id: string }>(
    'select id from engine.runs where parent_id = $1 and finished_at is null',
    [runId],
  )
  for (const child of children) await cancelRun(engine, child.id)
}

async function cancelInLine(engine: Engine, runId: string): Promise<void> {
  const [ended] = await engine.db.query<RunRow>(
    `update engine.runs set status = 'CANCELED', finished_at = $2, updated_at = $2, error = $3
     where id = $1 and status in ('QUEUED', 'DELAYED', 'DEQUEUED', 'PENDING_VERSION') returning *`,
    [runId, engine.now(), JSON.stringify(cancelledError)],
  )
  if (ended) {
    completeRunWaits(engine, ended)
    return
  }
  // It left the line between the two statements.
  const active = engine.active.get(runId)
  if (active) active.cancel()
  else if (engine.slots.holds(runId)) engine.cancelling.add(runId)
}
