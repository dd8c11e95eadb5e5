import type { ActiveRun, Engine } from '../engine.ts'
import { isKeptWhileWaiting } from '../execution/count-slots.ts'
import { listPools } from '../execution/list-pools.ts'

/** A run began to wait: others may use its slots. Only the one for its process it keeps. */
export function suspendRun(engine: Engine, active: ActiveRun): void {
  // Everything it waits for may have come while it was on its way here.
  if (active.openWaits.size === 0 || active.suspended) return
  active.suspended = true
  active.suspendedSince = engine.now().getTime()
  engine.slots.release(active.run.id, (pool) => !isKeptWhileWaiting(pool))
  setStatus(engine, active, 'WAITING')
  engine.pump()
}

/** Lets suspended runs whose waits are over go on, in order, while there are slots for them. */
export function resumeRuns(engine: Engine, concurrency: number): void {
  const stillWaiting: ActiveRun[] = []
  for (const active of engine.resumable) {
    const pools = listPools({ ...engine, concurrency }, active.run)
    if (engine.slots.findFull(pools.filter((pool) => !isKeptWhileWaiting(pool.id)))) {
      stillWaiting.push(active)
      continue
    }
    engine.slots.take(active.run.id, pools)
    active.suspended = false
    if (active.suspendedSince) active.suspendedMs += engine.now().getTime() - active.suspendedSince
    active.suspendedSince = undefined
    const waitpoints = active.heldWaitpoints
    active.heldWaitpoints = []
    for (const waitpoint of waitpoints) active.worker.resolveWaitpoint(waitpoint)
    setStatus(engine, active, 'EXECUTING')
  }
  engine.resumable = stillWaiting
}

/** Shows the change to readers, in order. Nothing depends on it, so the run does not wait for it. */
function setStatus(engine: Engine, active: ActiveRun, status: 'WAITING' | 'EXECUTING'): void {
  active.statusWritten = active.statusWritten
    .then(() => writeStatus(engine, active, status))
    .catch((error) => engine.log(`Run ${active.run.id}: ${error.message}`))
}

async function writeStatus(
  engine: Engine,
  active: ActiveRun,
  status: 'WAITING' | 'EXECUTING',
): Promise<void> {
  await engine.db.query(
    `update engine.runs set status = $1, updated_at = $2
       where id = $3 and attempt_count = $4 and host_id = $5 and status in ('EXECUTING', 'WAITING')`,
    [status, engine.now(), active.run.id, active.run.attempt_count, engine.hostId],
  )
}
