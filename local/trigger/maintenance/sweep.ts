import type { Store } from '../database/store.ts'
import { endRunsOfRemovedTasks } from '../execution/end-runs-of-removed-tasks.ts'
import { requeueLostRuns } from '../execution/requeue-lost-runs.ts'
import { expireRuns, releaseDelayedRuns } from '../runs/advance-due-runs.ts'
import { fireDueSchedules } from '../schedules/fire-schedules.ts'
import { completeDueWaitpoints } from '../waits/complete-waitpoints.ts'
import type { OpenWaits } from '../waits/open-waits.ts'
import { replan } from './replan.ts'

type Sweeping = Parameters<typeof fireDueSchedules>[0] &
  Parameters<typeof requeueLostRuns>[0] & {
    waits: OpenWaits
    /** Reads the database's time again; true when its clock was set back. */
    syncClock(): Promise<boolean>
    pump(): void
  }

type Due = {
  delayed: boolean
  expired: boolean
  waiting: boolean
  scheduled: boolean
  next_at: Date | null
}

/**
 * Does everything that is due: releases delayed runs, expires runs, completes waitpoints, fires schedules.
 * When nothing is due it takes one query. It also does what the fast paths missed, for example after a
 * lost connection to the database.
 */
export async function sweep(deps: Sweeping): Promise<void> {
  if (await deps.syncClock()) {
    deps.log('The clock of the database was set back. Everything planned before that is planned again.')
    await replan(deps)
  }
  const due = await findDue(deps)
  if (!due) return
  if (due.delayed) {
    await releaseDelayedRuns(deps)
    await endRunsOfRemovedTasks(deps)
  }
  if (due.expired) for (const run of await expireRuns(deps)) deps.waits.completeRun(run)
  if (due.waiting) await completeDueWaitpoints(deps)
  if (due.scheduled) await fireDueSchedules(deps)
  if (due.next_at) deps.wakeAt(due.next_at)
  await requeueLostRuns(deps)
  deps.pump()
}

async function findDue({ db, now }: Store): Promise<Due | undefined> {
  const [due] = await db.query<Due>(
    `select
       exists (select 1 from engine.runs where status = 'DELAYED' and run_at <= $1) as delayed,
       exists (select 1 from engine.runs where status = 'QUEUED' and expires_at <= $1) as expired,
       exists (select 1 from engine.waitpoints
         where status = 'WAITING' and coalesce(timeout_at, completed_after) <= $1) as waiting,
       exists (select 1 from engine.schedules where active and next_at <= $1) as scheduled,
       least(
         (select min(run_at) from engine.runs where status in ('QUEUED', 'DELAYED') and run_at > $1),
         (select min(expires_at) from engine.runs
           where status = 'QUEUED' and expires_at is not null and expires_at > $1),
         (select min(coalesce(timeout_at, completed_after)) from engine.waitpoints
           where status = 'WAITING' and coalesce(timeout_at, completed_after) > $1),
         (select min(next_at) from engine.schedules where active and next_at > $1)
       ) as next_at`,
    [now()],
  )
  return due
}
