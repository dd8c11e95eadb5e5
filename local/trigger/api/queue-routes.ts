import { z } from 'zod'

import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'
import { effectiveLimit, type QueueState, reloadQueues } from '../queues/load-queues.ts'
import { check } from './read-body.ts'
import type { Route } from './router.ts'
import { readPage } from './schedule-routes.ts'

const Kind = z.enum(['id', 'task', 'custom'])
const Pause = z.object({ type: Kind, action: z.enum(['pause', 'resume']) })
const Override = z.object({ type: Kind, concurrencyLimit: z.number().int().min(0).max(100_000) })
const Reset = z.object({ type: Kind })

/** Queue names arrive with their slashes encoded twice. */
function findQueue(engine: Engine, value: string, kind: z.infer<typeof Kind>): QueueState {
  const name = value.replaceAll('%2F', '/')
  for (const queue of engine.queues.values()) {
    if (kind === 'id' && queue.id === name) return queue
    if (kind === 'custom' && queue.name === name) return queue
    if (kind === 'task' && queue.name === `task/${name}`) return queue
  }
  throw new AppError('not_found', `There is no queue "${name}".`)
}

type Counts = { queue: string; running: number; queued: number }

async function countRuns(engine: Engine, names: string[]): Promise<Map<string, Counts>> {
  const rows = await engine.db.query<Counts>(
    `select queue, count(*) filter (where status in ('DEQUEUED', 'EXECUTING'))::int as running,
       count(*) filter (where status = 'QUEUED')::int as queued
     from engine.runs where queue = any($1) and status in ('DEQUEUED', 'EXECUTING', 'QUEUED') group by queue`,
    [names],
  )
  return new Map(rows.map((row) => [row.queue, row]))
}

async function describeQueues(engine: Engine, queues: QueueState[]) {
  const counts = await countRuns(
    engine,
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

async function changeQueue(engine: Engine, queue: QueueState, changes: string, values: unknown[]) {
  await engine.db.query(`update engine.queues set ${changes}, updated_at = $2 where name = $1`, [
    queue.name,
    engine.now(),
    ...values,
  ])
  await reloadQueues(engine)
  engine.pump()
  const changed = engine.queues.get(queue.name) ?? queue
  const [described] = await describeQueues(engine, [changed])
  return { body: described }
}

export const queueRoutes: Route[] = [
  {
    method: 'GET',
    path: '/api/v1/queues',
    async handle({ engine, url }) {
      const { page, perPage } = readPage(url.searchParams)
      const all = [...engine.queues.values()].sort((one, other) => one.name.localeCompare(other.name))
      const shown = all.slice((page - 1) * perPage, page * perPage)
      return {
        body: {
          data: await describeQueues(engine, shown),
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
    async handle({ engine, params, url }) {
      const kind = check(Kind, url.searchParams.get('type') ?? 'id')
      const [described] = await describeQueues(engine, [findQueue(engine, params.queue ?? '', kind)])
      return { body: described }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/queues/:queue/pause',
    async handle({ engine, params, json }) {
      const body = check(Pause, await json())
      const queue = findQueue(engine, params.queue ?? '', body.type)
      return changeQueue(engine, queue, 'paused = $3', [body.action === 'pause'])
    },
  },
  {
    method: 'POST',
    path: '/api/v1/queues/:queue/concurrency/override',
    async handle({ engine, params, json }) {
      const body = check(Override, await json())
      const queue = findQueue(engine, params.queue ?? '', body.type)
      return changeQueue(engine, queue, 'override_limit = $3, overridden_at = $2', [body.concurrencyLimit])
    },
  },
  {
    method: 'POST',
    path: '/api/v1/queues/:queue/concurrency/reset',
    async handle({ engine, params, json }) {
      const body = check(Reset, await json())
      const queue = findQueue(engine, params.queue ?? '', body.type)
      return changeQueue(engine, queue, 'override_limit = null, overridden_at = null', [])
    },
  },
]
