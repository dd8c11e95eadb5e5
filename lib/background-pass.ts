import { randomUUID } from 'node:crypto'
import { createLeases, isAnyLeaseHeld } from '#lib/background/leases.ts'
import { type BackgroundDependencies, listBackgroundJobs, withLease } from '#lib/background-jobs.ts'
import { recordExhaustedEvent } from '#lib/dead-letters/record-exhausted-event.ts'
import { forwardAllDue } from '#lib/events/forward-all-due.ts'
import { ensureBuckets } from '#lib/storage/ensure-buckets.ts'

const DAY_MS = 24 * 3_600_000
const BUCKETS_EVERY_MS = 3_600_000

/** The time of this pass, and of the last one that the schedule knows. */
export type PassTimes = { at: Date; last: Date | undefined }

/**
 * One pass of the background work for installations in which no process lives long: the job engine runs it every
 * minute. It forwards events, and does what `startBackgroundJobs` does unless a process does that already. A job
 * with an interval of more than a minute runs when its time has come since the last pass. Returns the names of the
 * jobs that ran.
 */
export async function performBackgroundPass(
  dependencies: BackgroundDependencies,
  { times, signal }: { times: PassTimes; signal: AbortSignal },
): Promise<{ performed: string[] }> {
  const { db, jobs, storage } = dependencies
  const now = () => new Date()
  const forward = () =>
    forwardAllDue({ db, jobs, now, recordExhausted: recordExhaustedEvent }, () => signal.aborted)
  // Twice, because the first call makes scheduled events due.
  if ((await forward()) > 0) await forward()
  if (await isAnyLeaseHeld({ db })) return { performed: [] }

  const leases = createLeases({ db, holder: randomUUID() })
  const due = listBackgroundJobs(dependencies, {
    // No pass knows where the last one ended; over time all assets are checked.
    beginAfter: randomUUID(),
    since: new Date(times.at.getTime() - DAY_MS),
  }).filter(({ lock, intervalMs }) => lock !== 'machine' && isDue(intervalMs, times))
  const performed: string[] = []
  try {
    if (isDue(BUCKETS_EVERY_MS, times)) await ensureBuckets({ storage })
    for (const job of due) {
      if (signal.aborted) break
      try {
        await withLease(leases, job).perform(signal)
        performed.push(job.name)
      } catch (error) {
        console.warn(`Background job "${job.name}" failed; the next pass retries.`, error)
      }
    }
  } finally {
    // A lease that cannot be released expires.
    await leases.release().catch((error: unknown) => console.warn('Leases were not released.', error))
  }
  // What the jobs requested need not wait for the next pass.
  await forward()
  return { performed }
}

/** Whether a multiple of the interval lies between the last pass and this one. */
function isDue(intervalMs: number, { at, last }: PassTimes): boolean {
  if (!last) return true
  return Math.floor(at.getTime() / intervalMs) > Math.floor(last.getTime() / intervalMs)
}
