import { ApiError, idempotencyKeys, TriggerClient } from '@trigger.dev/sdk'
import type { Env } from '#lib/env.ts'
import { catalog, type TaskId } from '#lib/jobs/catalog.ts'
import { type EngineRun, readEngineRun } from '#lib/jobs/read-engine-run.ts'

export interface JobEngine {
  /** Starts a run and returns its id. The same key never starts a second run. */
  start(task: TaskId, payload: unknown, options: StartOptions): Promise<string>
  cancel(runId: string): Promise<void>
  /** Starts a new run with the payload of an old one; returns the new id. */
  replay(runId: string): Promise<string>
  /** The state of a run in the engine, or null when the engine has no such run or has deleted it. */
  find(runId: string): Promise<EngineRun | null>
  listQueues(): Promise<EngineQueue[]>
  pauseQueue(name: string): Promise<void>
  resumeQueue(name: string): Promise<void>
}

export type StartOptions = {
  idempotencyKey: string
  tags: string[]
  /** Runs with the same key share the queue's limit and keep their order. */
  concurrencyKey?: string
}

export type EngineQueue = {
  /** The name in our runs: `task/<task id>` for the queue of one task. */
  name: string
  running: number
  queued: number
  paused: boolean
  /** How many runs may run at the same time; null without its own limit. */
  limit: number | null
}

// Events are durable and have their own backoff: retries inside the client would only delay the queue.
const once = { retry: { maxAttempts: 1 } }
const QUEUES_PER_PAGE = 100
const TASK_QUEUE = 'task/'

/** The kind and plain name of a queue, as the API of the engine expects them. */
function toQueueRef(name: string) {
  return name.startsWith(TASK_QUEUE)
    ? { type: 'task' as const, name: name.slice(TASK_QUEUE.length) }
    : { type: 'custom' as const, name }
}

/**
 * The job engine that the environment names, through Trigger.dev's public SDK. Runs that a task starts with it are
 * not children of that task.
 */
export function connectJobEngine(env: Pick<Env, 'TRIGGER_API_URL' | 'TRIGGER_SECRET_KEY'>): JobEngine {
  const { tasks, runs, queues } = new TriggerClient({
    baseURL: env.TRIGGER_API_URL,
    accessToken: env.TRIGGER_SECRET_KEY,
  })
  return {
    start: async (task, payload, { idempotencyKey, tags, concurrencyKey }) => {
      const handle = await tasks.trigger(
        task,
        catalog[task].parse(payload),
        {
          idempotencyKey: await idempotencyKeys.create(idempotencyKey, { scope: 'global' }),
          tags,
          ...(concurrencyKey ? { concurrencyKey } : {}),
        },
        once,
      )
      return handle.id
    },
    cancel: async (runId) => {
      await runs.cancel(runId, once)
    },
    replay: async (runId) => (await runs.replay(runId)).id,
    find: async (runId) => {
      try {
        return readEngineRun(await runs.retrieve(runId, once))
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null
        throw error
      }
    },
    listQueues: async () => {
      const found: EngineQueue[] = []
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const answer = await queues.list({ page, perPage: QUEUES_PER_PAGE }, once)
        pages = answer.pagination.totalPages
        for (const queue of answer.data) {
          found.push({
            name: queue.type === 'task' ? `${TASK_QUEUE}${queue.name}` : queue.name,
            running: queue.running,
            queued: queue.queued,
            paused: queue.paused,
            limit: queue.concurrencyLimit ?? null,
          })
        }
      }
      return found
    },
    pauseQueue: async (name) => {
      await queues.pause(toQueueRef(name), once)
    },
    resumeQueue: async (name) => {
      await queues.resume(toQueueRef(name), once)
    },
  }
}
