import type { Store } from '../database/store.ts'
import { type Limits, listPools } from '../model/list-pools.ts'
import { fromStatuses, transitions } from '../model/run-states.ts'
import { isKeptWhileWaiting, type Slots } from '../model/slots.ts'
import type { OpenWaits } from '../waits/open-waits.ts'
import type { ActiveRun } from './active-run.ts'

export interface Suspending extends Store {
  slots: Slots
  pump(): void
  log(line: string): void
}

/** Suspends a run that has started to wait: other runs may use its slots, except the slot for its process. */
export function suspendRun(deps: Suspending, active: ActiveRun): void {
  // Everything that the run waited for may have ended before this message arrived.
  if (active.waits.open.size === 0 || active.waits.suspended) return
  active.waits.suspended = true
  active.suspendedSinceMs = performance.now()
  deps.slots.release(active.run.id, (pool) => !isKeptWhileWaiting(pool))
  storeStatus(deps, active, 'suspend')
  deps.pump()
}

/** Resumes suspended runs whose waits have ended, in order, while slots are free. */
export function resumeRuns(
  deps: Suspending & { limits: Limits; waits: OpenWaits; active: Map<string, ActiveRun> },
): void {
  deps.waits.resume((waits) => {
    const active = deps.active.get(waits.runId)
    if (active?.waits !== waits) return true
    const pools = listPools(deps.limits, active.run)
    if (deps.slots.findFull(pools.filter((pool) => !isKeptWhileWaiting(pool.id)))) return false
    deps.slots.take(active.run.id, pools)
    if (active.suspendedSinceMs !== undefined) {
      active.suspendedMs += performance.now() - active.suspendedSinceMs
    }
    active.suspendedSinceMs = undefined
    storeStatus(deps, active, 'resume')
    return true
  })
}

/** Stores the status for readers, in order. The run does not wait for it, because nothing depends on it. */
function storeStatus(
  { db, now, log }: Suspending,
  active: ActiveRun,
  transition: 'suspend' | 'resume',
): void {
  const { run } = active
  active.statusStored = active.statusStored
    .then(async () => {
      await db.query(
        `update engine.runs set status = $1, updated_at = $2
         where id = $3 and claim_id = $4 and status in (${fromStatuses(transition)})`,
        [transitions[transition].to, now(), run.id, run.claim_id],
      )
    })
    .catch((error) => log(`Run ${run.id}: ${error.message}`))
}
