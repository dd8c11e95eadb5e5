import type { Database } from '#lib/db/connect-database.ts'
import { describeError } from '#lib/describe-error.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { reconcileFacets } from '#lib/recovery/reconcile-facets.ts'
import { reconcileObjects } from '#lib/recovery/reconcile-objects.ts'
import { reconcileRuns } from '#lib/recovery/reconcile-runs.ts'
import { recordFailedRuns } from '#lib/recovery/record-failed-runs.ts'
import { resolveFixedDeadLetters } from '#lib/recovery/resolve-fixed-dead-letters.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'

type Dependencies = { db: Database; jobs: JobEngine; storage: StorageConnection; now: () => Date }

/**
 * Compares the recorded state with the real one, once: runs with the engine, facets of sermons with runs and
 * events, records with stored objects. Each comparison runs even when another fails, for example because the engine
 * or storage is unreachable. `after` as in `reconcileObjects`.
 */
export async function reconcile(
  dependencies: Dependencies,
  { after }: { after: string | null },
): Promise<{ after: string | null }> {
  await attempt('checking runs with the job engine', () => reconcileRuns(dependencies))
  await attempt('recording dead letters of failed runs', () => recordFailedRuns(dependencies))
  await attempt('checking for sermons without a run', () => reconcileFacets(dependencies))
  await attempt('resolving fixed dead letters', () => resolveFixedDeadLetters(dependencies))
  const objects = await attempt('checking for missing files', () => reconcileObjects(dependencies, { after }))
  return { after: objects?.after ?? null }
}

async function attempt<Result>(what: string, perform: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await perform()
  } catch (error) {
    console.warn(`Failed at ${what}; it will be retried. ${describeError(error).message}`)
    return undefined
  }
}
