import type { Store } from '../database/store.ts'
import { fromStatuses, transitions } from '../model/run-states.ts'
import type { Slots } from '../model/slots.ts'
import type { ActiveRun } from './active-run.ts'

const lostAfterMs = 15_000

/**
 * Queues runs again that the database shows as executing on this host but that the host does not execute: the
 * answer to the statement that started them was lost with its connection.
 */
export async function requeueLostRuns(
  deps: Store & { hostId: string; active: Map<string, ActiveRun>; slots: Slots },
): Promise<void> {
  const at = deps.now()
  await deps.db.query(
    `update engine.runs set status = '${transitions.requeue.to}', host_id = null, claim_id = null,
       updated_at = $1, attempt_count = greatest(attempt_count - 1, 0)
     where status in (${fromStatuses('requeue')}) and host_id = $2 and updated_at < $3 and id <> all($4)`,
    [at, deps.hostId, new Date(at.getTime() - lostAfterMs), [...deps.active.keys(), ...deps.slots.holders()]],
  )
}
