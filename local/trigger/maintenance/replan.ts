import type { Store } from '../database/store.ts'
import type { ScheduleRow } from '../model/schedule-row.ts'
import { nextTime } from '../schedules/cron-times.ts'

/**
 * Plans everything again that was planned while the database's clock was ahead, after the clock was corrected.
 * Otherwise it would wait until the time that the clock had shown. Rows with a time in the future were written
 * then. Delays, times to live and waits keep their length; a date given by the caller is kept.
 */
export async function replan(deps: Store): Promise<void> {
  await replanRuns(deps)
  await replanWaitpoints(deps)
  await replanSchedules(deps)
}

async function replanRuns({ db, now }: Store): Promise<void> {
  const at = now()
  await db.query(
    `update engine.runs set
       run_at = $1 + greatest(run_at - updated_at, interval '0'),
       order_at = $1 + greatest(run_at - updated_at, interval '0') - make_interval(secs => priority_s),
       expires_at = $1 + (expires_at - updated_at), queued_at = $1, updated_at = $1
     where status = 'QUEUED' and updated_at > $1`,
    [at],
  )
  await db.query(
    `update engine.runs set
       run_at = $1 + make_interval(secs => delay_ms / 1000),
       delayed_until = $1 + make_interval(secs => delay_ms / 1000),
       order_at = $1 + make_interval(secs => delay_ms / 1000) - make_interval(secs => priority_s),
       expires_at = $1 + (expires_at - created_at), created_at = $1, updated_at = $1
     where status = 'DELAYED' and created_at > $1 and delay_ms is not null`,
    [at],
  )
  // Lost runs are recognised by their age since the last update.
  await db.query(
    `update engine.runs set updated_at = $1 where status in ('EXECUTING', 'WAITING') and updated_at > $1`,
    [at],
  )
}

async function replanWaitpoints({ db, now }: Store): Promise<void> {
  await db.query(
    `update engine.waitpoints set
       timeout_at = $1 + (timeout_at - created_at), completed_after = $1 + (completed_after - created_at),
       created_at = $1
     where status = 'WAITING' and created_at > $1`,
    [now()],
  )
}

async function replanSchedules({ db, now }: Store): Promise<void> {
  const schedules = await db.query<ScheduleRow>('select * from engine.schedules where active')
  for (const schedule of schedules) {
    const next = nextTime({ cron: schedule.cron, timezone: schedule.timezone }, now())
    if (!next || !schedule.next_at || schedule.next_at <= next) continue
    await db.query(
      'update engine.schedules set next_at = $2, updated_at = $3 where id = $1 and next_at > $2',
      [schedule.id, next, now()],
    )
  }
}
