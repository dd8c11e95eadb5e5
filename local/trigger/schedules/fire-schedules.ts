import { stringifyIO } from '@trigger.dev/core/v3'

import type { Engine } from '../engine.ts'
import { createRun } from '../runs/create-run.ts'
import { nextTime } from './keep-schedules.ts'
import type { ScheduleRow } from './schedule-row.ts'

/**
 * Starts a run for every schedule that is due. The run's key is the schedule and its time, so a crash
 * between the run and the next time repeats nothing. Times missed while the engine was down are made
 * up for by one run.
 */
export async function fireDueSchedules(engine: Engine): Promise<void> {
  const due = await engine.db.query<ScheduleRow>(
    'select * from engine.schedules where active and next_at <= $1 order by next_at',
    [engine.now()],
  )
  for (const schedule of due) {
    try {
      await fire(engine, schedule)
    } catch (error) {
      engine.log(`Schedule ${schedule.id}: ${error instanceof Error ? error.message : error}`)
    }
  }
}

async function fire(engine: Engine, schedule: ScheduleRow): Promise<void> {
  const timestamp = schedule.next_at
  if (!timestamp) return
  const timing = { cron: schedule.cron, timezone: schedule.timezone }
  if (engine.build.manifest.tasks.some((task) => task.id === schedule.task_id)) {
    const payload = await stringifyIO({
      scheduleId: schedule.id,
      type: schedule.type,
      timestamp,
      lastTimestamp: schedule.last_at ?? undefined,
      externalId: schedule.external_id ?? undefined,
      timezone: schedule.timezone,
      upcoming: engine.delivery.nextOccurrences(schedule.cron, schedule.timezone, timestamp, 10),
    })
    await createRun(engine, {
      taskId: schedule.task_id,
      payload: payload.data,
      options: {
        payloadType: payload.dataType,
        idempotencyKey: `${schedule.id}:${timestamp.toISOString()}`,
      },
      scheduleId: schedule.id,
    })
  }
  const next = nextTime(engine, timing, engine.now())
  await engine.db.query(
    `update engine.schedules set last_at = $2, next_at = $3, updated_at = $4 where id = $1 and next_at = $2`,
    [schedule.id, timestamp, next, engine.now()],
  )
  if (next) engine.wakeAt(next)
}
