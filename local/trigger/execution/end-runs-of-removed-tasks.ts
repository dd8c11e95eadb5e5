import { failRunsOfRemovedTasks } from '../runs/fail-runs-of-removed-tasks.ts'
import type { OpenWaits } from '../waits/open-waits.ts'

/** Ends every queued run whose task the current build no longer has, and tells the parents that wait for it. */
export async function endRunsOfRemovedTasks(
  deps: Parameters<typeof failRunsOfRemovedTasks>[0] & { waits: OpenWaits },
): Promise<void> {
  for (const run of await failRunsOfRemovedTasks(deps)) deps.waits.completeRun(run)
}
