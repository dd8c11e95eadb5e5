import { CreateScheduleOptions, UpdateScheduleOptions } from '@trigger.dev/core/v3'

import type { Engine } from '../engine.ts'
import {
  activateSchedule,
  deleteSchedule,
  findSchedule,
  putSchedule,
  updateSchedule,
} from '../schedules/keep-schedules.ts'
import { describeSchedule, type ScheduleRow } from '../schedules/schedule-row.ts'
import { check } from './read-body.ts'
import type { Route } from './router.ts'

/** A page of a list by `page` and `perPage`. */
export function readPage(search: URLSearchParams): { page: number; perPage: number } {
  const page = Math.max(1, Number(search.get('page')) || 1)
  const perPage = Math.min(100, Math.max(1, Number(search.get('perPage')) || 20))
  return { page, perPage }
}

async function listSchedules(engine: Engine, search: URLSearchParams) {
  const { page, perPage } = readPage(search)
  const rows = await engine.db.query<ScheduleRow>(
    'select * from engine.schedules order by created_at desc, id limit $1 offset $2',
    [perPage, (page - 1) * perPage],
  )
  const [total] = await engine.db.query<{ count: number }>(
    'select count(*)::int as count from engine.schedules',
  )
  const count = total?.count ?? 0
  return {
    data: rows.map(describeSchedule),
    pagination: { currentPage: page, totalPages: Math.max(1, Math.ceil(count / perPage)), count },
  }
}

export const scheduleRoutes: Route[] = [
  {
    method: 'POST',
    path: '/api/v1/schedules',
    async handle({ engine, json }) {
      const body = check(CreateScheduleOptions, await json())
      const row = await putSchedule(engine, {
        taskId: body.task,
        cron: body.cron,
        timezone: body.timezone ?? 'UTC',
        deduplicationKey: body.deduplicationKey,
        externalId: body.externalId,
      })
      return { body: describeSchedule(row) }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/schedules',
    async handle({ engine, url }) {
      return { body: await listSchedules(engine, url.searchParams) }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/schedules/:id',
    async handle({ engine, params }) {
      return { body: describeSchedule(await findSchedule(engine, params.id ?? '')) }
    },
  },
  {
    method: 'PUT',
    path: '/api/v1/schedules/:id',
    async handle({ engine, params, json }) {
      const body = check(UpdateScheduleOptions, await json())
      const row = await updateSchedule(engine, params.id ?? '', {
        taskId: body.task,
        cron: body.cron,
        timezone: body.timezone ?? 'UTC',
        externalId: body.externalId,
      })
      return { body: describeSchedule(row) }
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/schedules/:id',
    async handle({ engine, params }) {
      await deleteSchedule(engine, params.id ?? '')
      return { body: { id: params.id } }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/schedules/:id/activate',
    async handle({ engine, params }) {
      return { body: describeSchedule(await activateSchedule(engine, params.id ?? '', true)) }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/schedules/:id/deactivate',
    async handle({ engine, params }) {
      return { body: describeSchedule(await activateSchedule(engine, params.id ?? '', false)) }
    },
  },
]
