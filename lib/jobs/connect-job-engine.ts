import { configure, idempotencyKeys, runs, tasks } from '@trigger.dev/sdk'
import type { Env } from '#lib/env.ts'
import { catalog, type TaskId } from '#lib/jobs/catalog.ts'

export interface JobEngine {
  /** Starts a run and returns its id. The same key never starts a second run. */
  start(task: TaskId, payload: unknown, options: StartOptions): Promise<string>
  cancel(runId: string): Promise<void>
  /** Starts a new run with the payload of an old one; returns the new id. */
  replay(runId: string): Promise<string>
}

export type StartOptions = {
  idempotencyKey: string
  tags: string[]
  /** Runs with the same key share the queue's limit and keep their order. */
  concurrencyKey?: string
}

/** The job engine that the environment names, through Trigger.dev's public SDK. */
export function connectJobEngine(env: Pick<Env, 'TRIGGER_API_URL' | 'TRIGGER_SECRET_KEY'>): JobEngine {
  configure({ baseURL: env.TRIGGER_API_URL, accessToken: env.TRIGGER_SECRET_KEY })
  return {
    start: async (task, payload, { idempotencyKey, tags, concurrencyKey }) => {
      const handle = await tasks.trigger(task, catalog[task].parse(payload), {
        idempotencyKey: await idempotencyKeys.create(idempotencyKey, { scope: 'global' }),
        tags,
        ...(concurrencyKey ? { concurrencyKey } : {}),
      })
      return handle.id
    },
    cancel: async (runId) => {
      await runs.cancel(runId)
    },
    replay: async (runId) => (await runs.replay(runId)).id,
  }
}
