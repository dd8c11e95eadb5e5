import type { Engine } from '../engine.ts'
import type { RunRow } from '../runs/run-row.ts'
import { fireDueSchedules } from '../schedules/fire-schedules.ts'
import { completeRunWaits } from '../waits/complete-waits.ts'
import { finishDueWaitpoints } from '../waits/finish-waitpoints.ts'
import { runAttempt } from './run-attempt.ts'

/** An admitted run whose job did not come is started without it after this long. */
const deliveryPatienceMs = 3_000
const lostAfterMs = 15_000

type Outlook = {
  delayed: boolean
  expired: boolean
  waiting: boolean
  scheduled: boolean
  next_at: Date | null
}

/**
 * Moves everything whose time has come: delays and pauses that are over, tokens and lines that
 * expired, schedules that are due. Cheap when nothing is. Also the safety net below the fast paths:
 * what they lost is found here.
 */
export async function sweep(engine: Engine): Promise<void> {
  const now = engine.now()
  const [outlook] = await engine.db.query<Outlook>(
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
    [now],
  )
  if (!outlook) return
  if (outlook.delayed) await endDelays(engine, now)
  if (outlook.expired) await expireRuns(engine, now)
  if (outlook.waiting) await finishDueWaitpoints(engine)
  if (outlook.scheduled) await fireDueSchedules(engine)
  if (outlook.next_at) engine.wakeAt(outlook.next_at)
  await findLost(engine, now)
  engine.pump()
}

async function endDelays(engine: Engine, now: Date): Promise<void> {
  await engine.db.query(
    `update engine.runs set status = 'QUEUED', queued_at = run_at, updated_at = $1
     where status = 'DELAYED' and run_at <= $1`,
    [now],
  )
}

/** A time to live counts until the first attempt starts. */
async function expireRuns(engine: Engine, now: Date): Promise<void> {
  const expired = await engine.db.query<RunRow>(
    `update engine.runs set status = 'EXPIRED', finished_at = $1, updated_at = $1,
       error = jsonb_build_object('type', 'STRING_ERROR', 'raw',
         'Run expired because the TTL (' || ttl || ') was reached')
     where status = 'QUEUED' and started_at is null and expires_at <= $1 returning *`,
    [now],
  )
  for (const run of expired) completeRunWaits(engine, run)
}

async function findLost(engine: Engine, now: Date): Promise<void> {
  for (const [runId, admitted] of engine.admitted) {
    if (now.getTime() - admitted.sinceMs < deliveryPatienceMs) continue
    const [row] = await engine.db.query<{ id: string }>(
      `select id from engine.runs where id = $1 and status = 'DEQUEUED' and host_id = $2`,
      [runId, engine.hostId],
    )
    if (row) void runAttempt(engine, { runId, jobId: crypto.randomUUID() })
    else if (engine.admitted.delete(runId)) engine.slots.release(runId)
  }
  // Marked as ours, but unknown here: the answer that told us was lost with its connection.
  await engine.db.query(
    `update engine.runs set status = 'QUEUED', host_id = null, job_id = null, updated_at = $1,
       attempt_count = case when status = 'DEQUEUED' then attempt_count else greatest(attempt_count - 1, 0) end
     where status in ('DEQUEUED', 'EXECUTING', 'WAITING') and host_id = $2 and updated_at < $3
       and id <> all($4)`,
    [now, engine.hostId, new Date(now.getTime() - lostAfterMs), knownRuns(engine)],
  )
}

function knownRuns(engine: Engine): string[] {
  return [...engine.admitted.keys(), ...engine.active.keys(), ...engine.slots.holders()]
}
