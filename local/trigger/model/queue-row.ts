import type { WorkerManifest } from '@trigger.dev/core/v3'

/** A row of engine.queues: the declarations of the tasks' code and the changes of an operator. */
export type QueueRow = {
  name: string
  id: string
  type: 'task' | 'custom'
  paused: boolean
  concurrency_limit: number | null
  combined_limit: number | null
  override_limit: number | null
  overridden_at: Date | null
}

type DeclaredQueue = Pick<QueueRow, 'name' | 'type' | 'concurrency_limit' | 'combined_limit'>

/** Returns the limit that applies: the operator's if set, otherwise the declared one. */
export function effectiveLimit(queue: QueueRow): number | null {
  return queue.override_limit ?? queue.concurrency_limit
}

/** Returns the queue of a task's runs when the trigger call names none. */
export function defaultQueue(task: WorkerManifest['tasks'][number]): string {
  return task.queue?.name ?? `task/${task.id}`
}

/** Returns every queue that the tasks declare, and one for each task that declares none. */
export function declaredQueues(manifest: WorkerManifest): DeclaredQueue[] {
  const queues = new Map<string, DeclaredQueue>()
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
