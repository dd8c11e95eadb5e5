import { AppError } from '#lib/errors.ts'

import type { Store } from '../database/store.ts'
import { cancelledError } from '../model/cancelled-error.ts'
import type { RunRow } from '../model/run-row.ts'
import { transitions } from '../model/run-states.ts'
import type { Slots } from '../model/slots.ts'
import type { OpenWaits } from '../waits/open-waits.ts'
import type { ActiveRun } from './active-run.ts'

export interface Cancelling extends Store {
  active: Map<string, ActiveRun>
  slots: Slots
  waits: OpenWaits
  /** Runs that were cancelled while their attempt was being started. */
  cancelRequested: Set<string>
}

/**
 * Cancels a run and all its descendants that have not ended. For a run in a worker, its signal is aborted and
 * its hooks are called; a queued run ends immediately. A run that has ended is not changed. Throws not_found for an
 * unknown run.
 */
export async function cancelRun(deps: Cancelling, runId: string): Promise<void> {
  const { db, now, active } = deps
  const [found] = await db.query<{ status: string }>(
    `update engine.runs set cancel_requested_at = coalesce(cancel_requested_at, $2)
     where id = $1 and finished_at is null returning status`,
    [runId, now()],
  )
  if (!found) {
    const [row] = await db.query('select 1 from engine.runs where id = $1', [runId])
    if (!row) throw new AppError('not_found', `There is no run "${runId}".`)
    return
  }
  const executing = active.get(runId)
  if (executing) executing.cancel()
  else await cancelQueuedRun(deps, runId)

  const children = await db.query<{ id: string }>(
    'select id from engine.runs where parent_id = $1 and finished_at is null',
    [runId],
  )
  for (const child of children) await cancelRun(deps, child.id)
}

async function cancelQueuedRun(deps: Cancelling, runId: string): Promise<void> {
  const [ended] = await deps.db.query<RunRow>(
    `update engine.runs set status = '${transitions.cancel.to}', finished_at = $2, updated_at = $2, error = $3
     where id = $1 and status in ('QUEUED', 'DELAYED') returning *`,
    [runId, deps.now(), JSON.stringify(cancelledError)],
  )
  if (ended) {
    deps.waits.completeRun(ended)
    return
  }
  // It was dequeued between the two statements.
  const active = deps.active.get(runId)
  if (active) active.cancel()
  else if (deps.slots.holds(runId)) deps.cancelRequested.add(runId)
}
