import { z } from 'zod'

import { AppError } from '#lib/errors.ts'

import type { Store } from '../database/store.ts'
import { effectiveLimit, type QueueRow } from '../model/queue-row.ts'
import { reloadQueues } from '../queues/load-queues.ts'
import type { ApiRoute } from './api-route.ts'
import { check } from './check-body.ts'
import { readPage } from './read-page.ts'
import type { Serving } from './serving.ts'

const Kind = z.enum(['id', 'task', 'custom'])
const Pause = z.object({ type: Kind, action: z.enum(['pause', 'resume']) })
const Override = z.object({ type: Kind, concurrencyLimit: z.number().int().min(0).max(100_000) })
const Reset = z.object({ type: Kind })

/** Finds a queue by its name or id. Slashes in queue names arrive encoded twice. */
function findQueue({ queues }: Pick<Serving, 'queues'>, value: string, kind: z.infer<typeof Kind>): QueueRow {
  const name = value.replaceAll('%2F', '/')
  for (const queue of queues.values()) {
    if (kind === 'id' && queue.id === name) return queue
    if (kind === 'custom' && queue.name === name) return queue
    if (kind === 'task' && queue.name === `task/${name}`) return queue
  }
  throw new AppError('not_found', `There is no queue "${name}".`)
}

type Counts = { queue: string; running: number; queued: number }

async function countRuns({ db }: Pick<Store, 'db'>, names: string[]): Promise<Map<string, Counts>> {
  const rows = await db.query<Counts>(
    `select queue, count(*) filter (where status in ('DEQUEUED', 'EXECUTING'))::int as running,
       count(*) filter (where status = 'QUEUED')::int as queued
     from engine.runs where queue = any($1) and status in ('DEQUEUED', 'EXECUTING', 'QUEUED') group by queue`,
    [names],
  )
  return new Map(rows.map((row) => [row.queue, row]))
}

async function describeQueues(deps: Pick<Store, 'db'>, queues: QueueRow[]) {
  const counts = await countRuns(
    deps,
    queues.map((queue) => queue.name),
  )
  return queues.map((queue) => ({
    id: queue.id,
    name: queue.type === 'task' ? queue.name.replace(/^task\//, '') : queue.name,
    type: queue.type,
    running: counts.get(queue.name)?.running ?? 0,
    queued: counts.get(queue.name)?.queued ?? 0,
    paused: queue.paused,
    concurrencyLimit: effectiveLimit(queue),
    version: 'V1',
    concurrency: {
      current: effectiveLimit(queue),
      base: queue.concurrency_limit,
      override: queue.override_limit,
      overriddenAt: queue.overridden_at,
      overriddenBy: null,
    },
  }))
}

async function changeQueue(
  deps: Pick<Serving, 'db' | 'now' | 'queues' | 'pump'>,
  queue: QueueRow,
  changes: string,
  values: unknown[],
) {
  await deps.db.query(`update engine.queues set ${changes}, updated_at = $2 where name = $1`, [
    queue.name,
    deps.now(),
    ...values,
  ])
  await reloadQueues(deps)
  deps.pump()
  const changed = deps.queues.get(queue.name) ?? queue
  const [described] = await describeQueues(deps, [changed])
  return { body: described }
}

export const queueRoutes: ApiRoute[] = [
  {
    method: 'GET',
    path: '/api/v1/queues',
    async handle({ deps, url }) {
      const { page, perPage } = readPage(url.searchParams)
      const all = [...deps.queues.values()].sort((one, other) => one.name.localeCompare(other.name))
      const shown = all.slice((page - 1) * perPage, page * perPage)
      return {
        body: {
          data: await describeQueues(deps, shown),
          pagination: {
            currentPage: page,
            totalPages: Math.max(1, Math.ceil(all.length / perPage)),
            count: all.length,
          },
        },
      }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/queues/:queue',
    async handle({ deps, params, url }) {
      const kind = check(Kind, url.searchParams.get('type') ?? 'id')
      const [described] = await describeQueues(deps, [findQueue(deps, params.queue ?? '', kind)])
      return { body: described }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/queues/:queue/pause',
    async handle({ deps, params, json }) {
      const body = check(Pause, await json())
      const queue = findQueue(deps, params.queue ?? '', body.type)
      return changeQueue(deps, queue, 'paused = $3', [body.action === 'pause'])
    },
  },
  {
    method: 'POST',
    path: '/api/v1/queues/:queue/concurrency/override',
    async handle({ deps, params, json }) {
      const body = check(Override, await json())
      const queue = findQueue(deps, params.queue ?? '', body.type)
      return changeQueue(deps, queue, 'override_limit = $3, overridden_at = $2', [body.concurrencyLimit])
    },
  },
  {
    method: 'POST',
    path: '/api/v1/queues/:queue/concurrency/reset',
    async handle({ deps, params, json }) {
      const body = check(Reset, await json())
      const queue = findQueue(deps, params.queue ?? '', body.type)
      return changeQueue(deps, queue, 'override_limit = null, overridden_at = null', [])
    },
  },
]
