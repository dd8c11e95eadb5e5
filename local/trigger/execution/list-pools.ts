import type { Engine } from '../engine.ts'
import { effectiveLimit } from '../queues/load-queues.ts'
import type { RunRow } from '../runs/run-row.ts'
import { hostPool, type Pool, rootPool, sharePool } from './count-slots.ts'

export type PoolSubject = Pick<
  RunRow,
  'task_id' | 'queue' | 'concurrency_key' | 'concurrency_limits' | 'gates' | 'parent_id'
>

/** The pool of one queue and concurrency key. */
export function queuePool(queue: string, concurrencyKey: string | null): string {
  return `queue:${queue}:${concurrencyKey ?? ''}`
}

/**
 * The line a run waits in: its queue and concurrency key. Executing runs are counted by line without
 * a limit, so that every line gets its fair share.
 */
export function lineOf(run: Pick<RunRow, 'queue' | 'concurrency_key'>): string {
  return `line:${run.queue}:${run.concurrency_key ?? ''}`
}

/**
 * Whose run it is in its queue: the concurrency key up to its first `/`, so that a key such as
 * `<church>/<sermon>` keeps the order of a sermon and still gives every church its share.
 */
export function shareOf(run: Pick<RunRow, 'queue' | 'concurrency_key'>): string {
  const [owner = ''] = (run.concurrency_key ?? '').split('/')
  return sharePool(run.queue, owner)
}

/**
 * Every limit a run takes a place in: the host's, that of its task's runs which no other run started,
 * its queue's (per concurrency key and in all), its gates', and those its task declares. What a run
 * starts is not held back by the second one, so that whoever waits for it can go on.
 */
export function listPools(
  engine: Pick<Engine, 'queues' | 'build' | 'mostRoots'> & { concurrency: number },
  run: PoolSubject,
): Pool[] {
  const key = run.concurrency_key
  const pools: Pool[] = [
    { id: hostPool, limit: engine.concurrency },
    { id: lineOf(run), limit: Number.POSITIVE_INFINITY },
    { id: shareOf(run), limit: Number.POSITIVE_INFINITY },
  ]
  if (run.parent_id === null) pools.push({ id: rootPool(run.task_id), limit: engine.mostRoots })
  const add = (id: string, limit: number | null | undefined) => {
    if (limit !== null && limit !== undefined) pools.push({ id, limit })
  }
  const addQueue = (name: string, queueKey: string | null) => {
    const queue = engine.queues.get(name)
    if (!queue) return
    add(queuePool(name, queueKey), effectiveLimit(queue))
    add(`queue:${name}`, queue.combined_limit)
  }
  addQueue(run.queue, key)

  const manifest = engine.build.manifest
  const task = manifest.tasks.find((candidate) => candidate.id === run.task_id)
  for (const gate of run.gates ?? task?.gates ?? []) addQueue(gate.queue, gate.concurrencyKey ?? key)

  const inline = task?.concurrency?.inline
  add(`task:${run.task_id}:${key ?? ''}`, inline?.perKey)
  add(`task:${run.task_id}`, inline?.total)
  for (const name of run.concurrency_limits ?? task?.concurrency?.limits ?? []) {
    const limit = manifest.concurrencyLimits?.find((candidate) => candidate.name === name)
    add(`limit:${name}:${key ?? ''}`, limit?.perKey)
    add(`limit:${name}`, limit?.total)
  }
  return pools
}
