import { failRunsOfRemovedTasks } from '../runs/fail-runs-of-removed-tasks.ts'
import type { OpenWaits } from '../waits/open-waits.ts'

/** Ends every queued run of a task that the current build does not have, and notifies waiting parents. */
export async function endRunsOfRemovedTasks(
  deps: Parameters<typeof failRunsOfRemovedTasks>[0] & { waits: OpenWaits },
): Promise<void> {
  for (const run of await failRunsOfRemovedTasks(deps)) deps.waits.completeRun(run)
}
