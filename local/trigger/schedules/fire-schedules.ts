import { stringifyIO } from '@trigger.dev/core/v3'

import type { ScheduleRow } from '../model/schedule-row.ts'
import { createRun, type RunCreation } from '../runs/create-run.ts'
import { nextTime, nextTimes } from './cron-times.ts'

type Firing = RunCreation & { wakeAt(date: Date): void; log(line: string): void }

/**
 * Creates a run for every due schedule. The run's idempotency key is the schedule and its time, so a
 * crash before the next time is stored does not create a second run. One run covers all times that were missed
 * while the engine was down.
 */
export async function fireDueSchedules(deps: Firing): Promise<void> {
  const due = await deps.db.query<ScheduleRow>(
    'select * from engine.schedules where active and next_at <= $1 order by next_at',
    [deps.now()],
  )
  for (const schedule of due) {
    try {
      await fire(deps, schedule)
    } catch (error) {
      deps.log(`Schedule ${schedule.id}: ${error instanceof Error ? error.message : error}`)
    }
  }
}

async function fire(deps: Firing, schedule: ScheduleRow): Promise<void> {
  const timestamp = schedule.next_at
  if (!timestamp) return
  const timing = { cron: schedule.cron, timezone: schedule.timezone }
  if (deps.manifest().tasks.some((task) => task.id === schedule.task_id)) {
    const payload = await stringifyIO({
      scheduleId: schedule.id,
      type: schedule.type,
      timestamp,
      lastTimestamp: schedule.last_at ?? undefined,
      externalId: schedule.external_id ?? undefined,
      timezone: schedule.timezone,
      upcoming: nextTimes(timing, timestamp, 10),
    })
    await createRun(deps, {
      taskId: schedule.task_id,
      payload: payload.data,
      options: {
        payloadType: payload.dataType,
        idempotencyKey: `${schedule.id}:${timestamp.toISOString()}`,
      },
      scheduleId: schedule.id,
    })
  }
  const next = nextTime(timing, deps.now())
  await deps.db.query(
    `update engine.schedules set last_at = $2, next_at = $3, updated_at = $4 where id = $1 and next_at = $2`,
    [schedule.id, timestamp, next, deps.now()],
  )
  if (next) deps.wakeAt(next)
}
