import type { WorkerManifest } from '@trigger.dev/core/v3'
import { generateFriendlyId } from '@trigger.dev/core/v3/isomorphic'

import { AppError } from '#lib/errors.ts'

import type { Store } from '../database/store.ts'
import type { ScheduleRow } from '../model/schedule-row.ts'
import { nextTime, type Timing } from './cron-times.ts'

type Waking = { wakeAt(date: Date): void }
type Tasks = { manifest(): WorkerManifest }

/** Makes the stored schedules match those that the tasks' code declares. */
export async function syncDeclaredSchedules(
  { db, now: readNow, wakeAt }: Store & Waking,
  manifest: WorkerManifest,
): Promise<void> {
  const declared = manifest.tasks.flatMap((task) =>
    task.schedule
      ? [{ taskId: task.id, cron: task.schedule.cron, timezone: task.schedule.timezone ?? 'UTC' }]
      : [],
  )
  await db.query(`delete from engine.schedules where type = 'DECLARATIVE' and task_id <> all($1)`, [
    declared.map((schedule) => schedule.taskId),
  ])
  const now = readNow()
  for (const schedule of declared) {
    const next = nextTime(schedule, now)
    await db.query(
      `insert into engine.schedules as kept
         (id, type, task_id, cron, timezone, deduplication_key, next_at, created_at, updated_at)
       values ($1, 'DECLARATIVE', $2, $3, $4, $5, $6, $7, $7)
       on conflict (deduplication_key) do update set
         cron = excluded.cron, timezone = excluded.timezone, updated_at = excluded.updated_at,
         next_at = case when kept.cron = excluded.cron and kept.timezone = excluded.timezone
           then coalesce(kept.next_at, excluded.next_at) else excluded.next_at end`,
      [
        generateFriendlyId('sched'),
        schedule.taskId,
        schedule.cron,
        schedule.timezone,
        `declared:${schedule.taskId}`,
        next,
        now,
      ],
    )
    if (next) wakeAt(next)
  }
}

/** Creates a schedule, or changes the one created with the same deduplication key. */
export async function putSchedule(
  { db, now: readNow, wakeAt, manifest }: Store & Waking & Tasks,
  input: Timing & { taskId: string; deduplicationKey: string; externalId?: string | undefined },
): Promise<ScheduleRow> {
  requireTask(manifest(), input.taskId)
  const now = readNow()
  const next = nextTime(input, now)
  const [row] = await db.query<ScheduleRow>(
    `insert into engine.schedules
       (id, type, task_id, cron, timezone, deduplication_key, external_id, next_at, created_at, updated_at)
     values ($1, 'IMPERATIVE', $2, $3, $4, $5, $6, $7, $8, $8)
     on conflict (deduplication_key) do update set
       task_id = excluded.task_id, cron = excluded.cron, timezone = excluded.timezone,
       external_id = excluded.external_id, next_at = excluded.next_at, updated_at = excluded.updated_at
     returning *`,
    [
      generateFriendlyId('sched'),
      input.taskId,
      input.cron,
      input.timezone,
      input.deduplicationKey,
      input.externalId ?? null,
      next,
      now,
    ],
  )
  if (!row) throw new AppError('internal', 'The schedule could not be stored.')
  if (next) wakeAt(next)
  return row
}

/** Changes an imperative schedule. */
export async function updateSchedule(
  deps: Store & Waking & Tasks,
  id: string,
  input: Timing & { taskId: string; externalId?: string | undefined },
): Promise<ScheduleRow> {
  requireTask(deps.manifest(), input.taskId)
  const next = nextTime(input, deps.now())
  return changeSchedule(deps, id, `task_id = $3, cron = $4, timezone = $5, external_id = $6, next_at = $7`, [
    input.taskId,
    input.cron,
    input.timezone,
    input.externalId ?? null,
    next,
  ])
}

/** Activates or deactivates a schedule. An activated schedule continues with its next time from now. */
export async function activateSchedule(
  deps: Store & Waking,
  id: string,
  active: boolean,
): Promise<ScheduleRow> {
  const schedule = await findSchedule(deps, id)
  const next = active
    ? nextTime({ cron: schedule.cron, timezone: schedule.timezone }, deps.now())
    : schedule.next_at
  return changeSchedule(deps, id, 'active = $3, next_at = $4', [active, next])
}

/** Returns the schedule with this id. Throws not_found when there is none. */
export async function findSchedule({ db }: Pick<Store, 'db'>, id: string): Promise<ScheduleRow> {
  const [row] = await db.query<ScheduleRow>('select * from engine.schedules where id = $1', [id])
  if (!row) throw new AppError('not_found', `There is no schedule "${id}".`)
  return row
}

/** Deletes an imperative schedule. A schedule that a task declares is deleted with its declaration. */
export async function deleteSchedule({ db }: Pick<Store, 'db'>, id: string): Promise<void> {
  const schedule = await findSchedule({ db }, id)
  if (schedule.type === 'DECLARATIVE') {
    throw new AppError('bad_request', 'This schedule is declared by its task. Remove it there.')
  }
  await db.query('delete from engine.schedules where id = $1', [id])
}

async function changeSchedule(
  { db, now, wakeAt }: Store & Waking,
  id: string,
  changes: string,
  values: unknown[],
): Promise<ScheduleRow> {
  const [row] = await db.query<ScheduleRow>(
    `update engine.schedules set ${changes}, updated_at = $2 where id = $1 returning *`,
    [id, now(), ...values],
  )
  if (!row) throw new AppError('not_found', `There is no schedule "${id}".`)
  if (row.active && row.next_at) wakeAt(row.next_at)
  return row
}

function requireTask(manifest: WorkerManifest, taskId: string): void {
  if (!manifest.tasks.some((task) => task.id === taskId)) {
    throw new AppError('not_found', `There is no task "${taskId}" in this project.`)
  }
}
