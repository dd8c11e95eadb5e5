import { CreateScheduleOptions, UpdateScheduleOptions } from '@trigger.dev/core/v3'

import type { Store } from '../database/store.ts'
import { describeSchedule, type ScheduleRow } from '../model/schedule-row.ts'
import {
  activateSchedule,
  deleteSchedule,
  findSchedule,
  putSchedule,
  updateSchedule,
} from '../schedules/keep-schedules.ts'
import type { ApiRoute } from './api-route.ts'
import { check } from './check-body.ts'
import { readPage } from './read-page.ts'

async function listSchedules({ db }: Pick<Store, 'db'>, search: URLSearchParams) {
  const { page, perPage } = readPage(search)
  const rows = await db.query<ScheduleRow>(
    'select * from engine.schedules order by created_at desc, id limit $1 offset $2',
    [perPage, (page - 1) * perPage],
  )
  const [total] = await db.query<{ count: number }>('select count(*)::int as count from engine.schedules')
  const count = total?.count ?? 0
  return {
    data: rows.map(describeSchedule),
    pagination: { currentPage: page, totalPages: Math.max(1, Math.ceil(count / perPage)), count },
  }
}

export const scheduleRoutes: ApiRoute[] = [
  {
    method: 'POST',
    path: '/api/v1/schedules',
    async handle({ deps, json }) {
      const body = check(CreateScheduleOptions, await json())
      const row = await putSchedule(deps, {
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
    async handle({ deps, url }) {
      return { body: await listSchedules(deps, url.searchParams) }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/schedules/:id',
    async handle({ deps, params }) {
      return { body: describeSchedule(await findSchedule(deps, params.id ?? '')) }
    },
  },
  {
    method: 'PUT',
    path: '/api/v1/schedules/:id',
    async handle({ deps, params, json }) {
      const body = check(UpdateScheduleOptions, await json())
      const row = await updateSchedule(deps, params.id ?? '', {
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
    async handle({ deps, params }) {
      await deleteSchedule(deps, params.id ?? '')
      return { body: { id: params.id } }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/schedules/:id/activate',
    async handle({ deps, params }) {
      return { body: describeSchedule(await activateSchedule(deps, params.id ?? '', true)) }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/schedules/:id/deactivate',
    async handle({ deps, params }) {
      return { body: describeSchedule(await activateSchedule(deps, params.id ?? '', false)) }
    },
  },
]
