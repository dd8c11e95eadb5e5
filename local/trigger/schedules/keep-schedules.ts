import type { WorkerManifest } from '@trigger.dev/core/v3'
import { generateFriendlyId } from '@trigger.dev/core/v3/isomorphic'

import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import type { ScheduleRow } from './schedule-row.ts'

type Timing = { cron: string; timezone: string }

/** The next time a schedule fires after `from`; a bad_request error when cron or timezone is not valid. */
export function nextTime(engine: Pick<Engine, 'delivery'>, timing: Timing, from: Date): Date | null {
  try {
    return engine.delivery.nextOccurrences(timing.cron, timing.timezone, from, 1)[0] ?? null
  } catch (cause) {
    throw new AppError('bad_request', `"${timing.cron}" in ${timing.timezone} is not a schedule.`, { cause })
  }
}

/** Makes the schedules that tasks declare in their code match the code. */
export async function syncDeclaredSchedules(engine: Engine, manifest: WorkerManifest): Promise<void> {
  const declared = manifest.tasks.flatMap((task) =>
    task.schedule
      ? [{ taskId: task.id, cron: task.schedule.cron, timezone: task.schedule.timezone ?? 'UTC' }]
      : [],
  )
  await engine.db.query(`delete from engine.schedules where type = 'DECLARATIVE' and task_id <> all($1)`, [
    declared.map((schedule) => schedule.taskId),
  ])
  const now = engine.now()
  for (const schedule of declared) {
    const next = nextTime(engine, schedule, now)
    await engine.db.query(
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
    if (next) engine.wakeAt(next)
  }
}

/** Creates a schedule, or changes the one made with the same deduplication key. */
export async function putSchedule(
  engine: Engine,
  input: Timing & { taskId: string; deduplicationKey: string; externalId?: string | undefined },
): Promise<ScheduleRow> {
  requireTask(engine, input.taskId)
  const now = engine.now()
  const next = nextTime(engine, input, now)
  const [row] = await engine.db.query<ScheduleRow>(
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
  if (next) engine.wakeAt(next)
  return row
}

/** Changes an imperative schedule. */
export async function updateSchedule(
  engine: Engine,
  id: string,
  input: Timing & { taskId: string; externalId?: string | undefined },
): Promise<ScheduleRow> {
  requireTask(engine, input.taskId)
  const next = nextTime(engine, input, engine.now())
  return changeSchedule(
    engine,
    id,
    `task_id = $3, cron = $4, timezone = $5, external_id = $6, next_at = $7`,
    [input.taskId, input.cron, input.timezone, input.externalId ?? null, next],
  )
}

/** Switches a schedule on or off. Switched on, it goes on with its next time from now. */
export async function activateSchedule(engine: Engine, id: string, active: boolean): Promise<ScheduleRow> {
  const schedule = await findSchedule(engine, id)
  const next = active
    ? nextTime(engine, { cron: schedule.cron, timezone: schedule.timezone }, engine.now())
    : schedule.next_at
  return changeSchedule(engine, id, 'active = $3, next_at = $4', [active, next])
}

export async function findSchedule(engine: Engine, id: string): Promise<ScheduleRow> {
  const [row] = await engine.db.query<ScheduleRow>('select * from engine.schedules where id = $1', [id])
  if (!row) throw new AppError('not_found', `There is no schedule "${id}".`)
  return row
}

/** Removes an imperative schedule. One declared in code goes when the code does. */
export async function deleteSchedule(engine: Engine, id: string): Promise<void> {
  const schedule = await findSchedule(engine, id)
  if (schedule.type === 'DECLARATIVE') {
    throw new AppError('bad_request', 'This schedule is declared by its task: remove it there.')
  }
  await engine.db.query('delete from engine.schedules where id = $1', [id])
}

async function changeSchedule(engine: Engine, id: string, changes: string, values: unknown[]) {
  const [row] = await engine.db.query<ScheduleRow>(
    `update engine.schedules set ${changes}, updated_at = $2 where id = $1 returning *`,
    [id, engine.now(), ...values],
  )
  if (!row) throw new AppError('not_found', `There is no schedule "${id}".`)
  if (row.active && row.next_at) engine.wakeAt(row.next_at)
  return row
}

function requireTask(engine: Engine, taskId: string): void {
  if (!engine.build.manifest.tasks.some((task) => task.id === taskId)) {
    throw new AppError('not_found', `There is no task "${taskId}" in this project.`)
  }
}
