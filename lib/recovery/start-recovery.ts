import type { Database } from '#lib/db/connect-database.ts'
import { advanceRedrives } from '#lib/dead-letters/advance-redrives.ts'
import { describeError } from '#lib/describe-error.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { pruneJobs } from '#lib/recovery/prune-jobs.ts'
import { reconcileFacets } from '#lib/recovery/reconcile-facets.ts'
import { reconcileObjects } from '#lib/recovery/reconcile-objects.ts'
import { reconcileRuns } from '#lib/recovery/reconcile-runs.ts'
import { recordFailedRuns } from '#lib/recovery/record-failed-runs.ts'
import { resolveFixedDeadLetters } from '#lib/recovery/resolve-fixed-dead-letters.ts'
import type { StorageConnection } from '#lib/storage/connect-storage.ts'

type Dependencies = { db: Database; jobs: JobEngine; storage: StorageConnection; now: () => Date }

const RECONCILE_MS = 20_000
const REDRIVE_MS = 1000
const PRUNE_MS = 60 * 60_000

/**
 * Compares once what should be with what is: runs with the engine, parts of sermons with runs and events,
 * records with stored objects. Each part goes on when another fails: an engine or storage that is away
 * must not hide the rest. `after` as in `reconcileObjects`.
 */
export async function reconcile(
  dependencies: Dependencies,
  { after }: { after: string | null },
): Promise<{ after: string | null }> {
  await attempt('asking the job engine about runs', () => reconcileRuns(dependencies))
  await attempt('filing failed runs', () => recordFailedRuns(dependencies))
  await attempt('looking for sermons nobody works on', () => reconcileFacets(dependencies))
  await attempt('settling mended dead letters', () => resolveFixedDeadLetters(dependencies))
  const objects = await attempt('looking for missing files', () => reconcileObjects(dependencies, { after }))
  return { after: objects?.after ?? null }
}

async function attempt<Result>(what: string, perform: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await perform()
  } catch (error) {
    console.warn(`Failed at ${what}; trying again. ${describeError(error).message}`)
    return undefined
  }
}

/**
 * Looks for what stopped, releases redrives at their rate and tidies up, until stopped. Any number of
 * processes may run it: every change is conditional on what was seen.
 */
export function startRecovery(
  dependencies: Omit<Dependencies, 'now'> & { keepRunsDays: number; keepEventsDays: number },
): { stop(): Promise<void> } {
  const { keepRunsDays, keepEventsDays, ...services } = dependencies
  const all = { ...services, now: () => new Date() }
  let after: string | null = null
  const loops = [
    every(RECONCILE_MS, async () => {
      after = (await reconcile(all, { after })).after
    }),
    every(REDRIVE_MS, () => attempt('redriving', () => advanceRedrives(all))),
    every(PRUNE_MS, () => attempt('tidying up', () => pruneJobs(all, { keepRunsDays, keepEventsDays }))),
  ]
  return {
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()))
    },
  }
}

/** Calls `perform` again and again with a pause after each call, never twice at once. */
function every(pauseMs: number, perform: () => Promise<unknown>): { stop(): Promise<void> } {
  let stopped = false
  let wake = () => {}
  const working = (async () => {
    while (!stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pauseMs)
        timer.unref()
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      if (!stopped) await perform()
    }
  })()
  return {
    async stop() {
      stopped = true
      wake()
      await working
    },
  }
}
