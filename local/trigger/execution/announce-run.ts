import { type Limits, listPools } from '../model/list-pools.ts'
import type { RunRow } from '../model/run-row.ts'
import type { Slots } from '../model/slots.ts'
import { hasTask } from '../runs/fail-runs-of-removed-tasks.ts'
import { endRunsOfRemovedTasks } from './end-runs-of-removed-tasks.ts'

type Ending = Parameters<typeof endRunsOfRemovedTasks>[0] & { log(line: string): void }

/** Wakes the engine for a new run: immediately if it may start, and when its delay or time to live ends. */
export function announceRun(
  deps: Ending & { limits: Limits; slots: Slots; pump(): void; wakeAt(date: Date): void },
  run: RunRow,
): void {
  if (!hasTask(deps.manifest(), run)) {
    // The tasks were built again while the run was being stored.
    endRunsOfRemovedTasks(deps).catch((error) => deps.log(`Run ${run.id}: ${error.message}`))
    return
  }
  if (run.status === 'DELAYED') deps.wakeAt(run.run_at)
  else if (hasFreeSlots(deps, run)) deps.pump()
  if (run.expires_at) deps.wakeAt(run.expires_at)
}

/**
 * True when every pool of the run has a free slot. Otherwise a pass over the queue would find nothing, and the run that
 * releases a slot causes one. A full host is ignored, because its pass ends before it reads the queue.
 */
function hasFreeSlots({ limits, slots }: { limits: Limits; slots: Slots }, run: RunRow): boolean {
  return !slots.findFull(listPools({ ...limits, concurrency: Number.POSITIVE_INFINITY }, run))
}
