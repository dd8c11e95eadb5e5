import type { WorkerManifest } from '@trigger.dev/core/v3'
import { generateFriendlyId } from '@trigger.dev/core/v3/isomorphic'

import type { Engine } from '../engine.ts'

export type QueueState = {
  name: string
  id: string
  type: 'task' | 'custom'
  paused: boolean
  concurrency_limit: number | null
  combined_limit: number | null
  override_limit: number | null
  overridden_at: Date | null
}

type Declared = Pick<QueueState, 'name' | 'type' | 'concurrency_limit' | 'combined_limit'>

/** The queue a task's runs wait in when the trigger names none. */
export function defaultQueue(task: WorkerManifest['tasks'][number]): string {
  return task.queue?.name ?? `task/${task.id}`
}

/** Every queue the tasks declare, and one of its own for each task without. */
export function declaredQueues(manifest: WorkerManifest): Declared[] {
  const queues = new Map<string, Declared>()
  for (const queue of manifest.queues ?? []) {
    queues.set(queue.name, {
      name: queue.name,
      type: 'custom',
      concurrency_limit: queue.concurrencyLimit ?? null,
      combined_limit: queue.combinedConcurrencyLimit ?? null,
    })
  }
  for (const task of manifest.tasks) {
    const name = defaultQueue(task)
    if (queues.has(name)) continue
    queues.set(name, {
      name,
      type: name.startsWith('task/') ? 'task' : 'custom',
      concurrency_limit: task.queue?.concurrencyLimit ?? null,
      combined_limit: task.queue?.combinedConcurrencyLimit ?? null,
    })
  }
  return [...queues.values()]
}

/** Writes the declared limits down and reads every queue back with what operators set. */
export async function syncQueues(engine: Pick<Engine, 'db' | 'queues' | 'now'>, manifest: WorkerManifest) {
  const declared = declaredQueues(manifest)
  await engine.db.query(
    `insert into engine.queues (name, id, type, concurrency_limit, combined_limit, updated_at)
     select name, id, type, concurrency_limit, combined_limit, $2
     from jsonb_to_recordset($1::jsonb)
       as declared (name text, id text, type text, concurrency_limit integer, combined_limit integer)
     on conflict (name) do update set
       concurrency_limit = excluded.concurrency_limit,
       combined_limit = excluded.combined_limit,
       updated_at = excluded.updated_at`,
    [JSON.stringify(declared.map((queue) => ({ ...queue, id: generateFriendlyId('queue') }))), engine.now()],
  )
  await reloadQueues(engine)
}

/** Reads every queue into the engine's memory. */
export async function reloadQueues(engine: Pick<Engine, 'db' | 'queues'>): Promise<void> {
  const rows = await engine.db.query<QueueState>(
    `select name, id, type, paused, concurrency_limit, combined_limit, override_limit, overridden_at
     from engine.queues`,
  )
  engine.queues.clear()
  for (const row of rows) engine.queues.set(row.name, row)
}

/** The limit in force: the operator's if set, else the declared one. */
export function effectiveLimit(queue: QueueState): number | null {
  return queue.override_limit ?? queue.concurrency_limit
}
