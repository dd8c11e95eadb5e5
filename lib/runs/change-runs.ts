import { and, gt, inArray, type SQL, sql } from 'drizzle-orm'
import { mapConcurrently } from '#lib/concurrency/map-concurrently.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, runs } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'
import { type RunFilter, runConditions } from '#lib/runs/list-runs.ts'
import { retryRun } from '#lib/runs/retry-run.ts'
import { syncRunById } from '#lib/runs/sync-run.ts'

type Chosen = Omit<RunFilter, 'cursor' | 'limit'> & { churchId?: string }

/** The most runs that one call changes; the result says how many are left. */
export const MAX_RUNS_PER_CHANGE = 500
const CONCURRENCY = 8
const liveStatuses = runStatusGroups.live
const retryableStatuses = [...runStatusGroups.bad, 'cancelled'] as const

export type RunCounts = {
  /** All runs that match the filter. */
  total: number
  /** Those that have not ended: `cancelRuns` would cancel them. */
  cancellable: number
  /** Those that ended without completing: `retryRuns` would queue their work again. */
  retryable: number
}

/** Counts the runs that match a filter and those a bulk change would affect. Call it before a bulk change. */
export async function countRuns({ db }: { db: Database }, chosen: Chosen): Promise<RunCounts> {
  const inList = (values: readonly string[]) =>
    sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    )
  const [counts] = await db
    .select({
      total: sql<number>`count(*)::int`,
      cancellable: sql<number>`(count(*) filter (where ${runs.status} in (${inList(liveStatuses)})))::int`,
      retryable: sql<number>`(count(*) filter (where ${runs.status} in (${inList(retryableStatuses)})))::int`,
    })
    .from(runs)
    .where(and(...runConditions(chosen)))
  return counts ?? { total: 0, cancellable: 0, retryable: 0 }
}

export type RunsChanged = { changed: number; failed: number; left: number }

/**
 * Cancels the runs that match a filter and have not ended, at most 500 in one call. `expected` is the count
 * that the user saw; throws `conflict` when there are more now, so that no unseen run is cancelled.
 */
export async function cancelRuns(
  { db, jobs }: { db: Database; jobs: JobEngine },
  { actorId, expected, ...chosen }: Chosen & { actorId: string; expected: number },
): Promise<RunsChanged> {
  const { cancellable } = await countRuns({ db }, chosen)
  refuseMoreThan(expected, cancellable)
  const ids = await chooseRuns(db, [...runConditions(chosen), inArray(runs.status, [...liveStatuses])])
  const changed = await changeEach(ids, async (id) => {
    await jobs.cancel(id)
    // A run that never started has no hook that records its end.
    await syncRunById({ db, jobs, now: () => new Date() }, id)
  })
  const result = { changed, failed: ids.length - changed, left: Math.max(0, cancellable - changed) }
  await audit(db, { chosen, actorId, action: 'runs.cancelled', result })
  return result
}

/**
 * Queues the work of the runs that match a filter and ended without completing again, at most 500 in one call:
 * once for each sermon, and once for each run without a sermon. `expected` as in `cancelRuns`.
 */
export async function retryRuns(
  { db, jobs }: { db: Database; jobs: JobEngine },
  {
    actorId,
    expected,
    churchId,
    ...filter
  }: Chosen & { churchId: string; actorId: string; expected: number },
): Promise<RunsChanged> {
  const chosen = { ...filter, churchId }
  const { retryable } = await countRuns({ db }, chosen)
  refuseMoreThan(expected, retryable)
  const conditions = [...runConditions(chosen), inArray(runs.status, [...retryableStatuses])]
  const ids = await chooseRuns(db, conditions)
  const rows =
    ids.length === 0
      ? []
      : await db.select({ id: runs.id, sermonId: runs.sermonId }).from(runs).where(inArray(runs.id, ids))
  const oneForEach = new Map(rows.map(({ id, sermonId }) => [sermonId ?? id, id]))
  const runIds = [...oneForEach.values()]
  const retried = await changeEach(runIds, (runId) => retryRun({ db, jobs }, { runId, churchId, actorId }))
  const result = {
    changed: retried,
    failed: runIds.length - retried,
    left: Math.max(0, retryable - ids.length),
  }
  await audit(db, { chosen, actorId, action: 'runs.retried', result })
  return result
}

function refuseMoreThan(expected: number, found: number): void {
  if (found <= expected) return
  throw new AppError(
    'conflict',
    `There are now ${found}, more than the ${expected} you saw. Check the list again first.`,
  )
}

async function chooseRuns(db: Database, conditions: (SQL | undefined)[]): Promise<string[]> {
  const ids: string[] = []
  let after = ''
  while (ids.length < MAX_RUNS_PER_CHANGE) {
    const page = await db
      .select({ id: runs.id })
      .from(runs)
      .where(and(...conditions, gt(runs.id, after)))
      .orderBy(runs.id)
      .limit(Math.min(100, MAX_RUNS_PER_CHANGE - ids.length))
    ids.push(...page.map(({ id }) => id))
    const last = page.at(-1)
    if (!last) break
    after = last.id
  }
  return ids
}

/** Changes each run, a few at a time. Returns how many succeeded; a failure does not stop the others. */
async function changeEach(ids: readonly string[], change: (id: string) => Promise<unknown>): Promise<number> {
  const changed = await mapConcurrently(ids, CONCURRENCY, async (id) => {
    try {
      await change(id)
      return true
    } catch (error) {
      console.warn(`Run ${id} could not be changed.`, error)
      return false
    }
  })
  return changed.filter(Boolean).length
}

async function audit(
  db: Database,
  {
    chosen,
    actorId,
    action,
    result,
  }: { chosen: Chosen; actorId: string; action: string; result: RunsChanged },
): Promise<void> {
  const { churchId, ...filter } = chosen
  await db.insert(auditLog).values({
    churchId: churchId ?? null,
    actorId,
    action,
    subject: JSON.stringify(filter),
    details: { ...result },
  })
}
