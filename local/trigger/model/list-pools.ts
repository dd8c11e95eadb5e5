import type { WorkerManifest } from '@trigger.dev/core/v3'

import { effectiveLimit, type QueueRow } from './queue-row.ts'
import type { RunRow } from './run-row.ts'
import { hostPool, type Pool, rootPool, sharePool } from './slots.ts'

export type PoolSubject = Pick<
  RunRow,
  'task_id' | 'queue' | 'concurrency_key' | 'concurrency_limits' | 'gates' | 'parent_id'
>

/** Everything that limits how many runs execute at the same time. */
export interface Limits {
  queues: ReadonlyMap<string, QueueRow>
  manifest(): WorkerManifest
  /** The maximum number of runs that execute at the same time on this host. */
  concurrency: number
  /** The maximum number of root runs of one task with a process, including those that wait. */
  mostRoots: number
}

/** Returns the name of a run's sub-queue: its queue and concurrency key. Its pool has no limit. */
export function subQueueOf(run: Pick<RunRow, 'queue' | 'concurrency_key'>): string {
  return `sub-queue:${run.queue}:${run.concurrency_key ?? ''}`
}

/**
 * Returns the owner of a run in its queue: the concurrency key up to its first `/`. With a key such as
 * `<church>/<sermon>`, the runs of a sermon stay in order and every church gets its share.
 */
export function ownerOf(run: Pick<RunRow, 'queue' | 'concurrency_key'>): string {
  const [owner = ''] = (run.concurrency_key ?? '').split('/')
  return sharePool(run.queue, owner)
}

/**
 * Lists every pool in which a run takes a slot: the host's, that of its task's root runs, its queue's (for its
 * concurrency key and in total), its gates', and the limits its task declares. Runs with a parent are not
 * counted as root runs, so that a parent that waits for them can continue.
 */
export function listPools(limits: Limits, run: PoolSubject): Pool[] {
  const key = run.concurrency_key
  const pools: Pool[] = [
    { id: hostPool, limit: limits.concurrency },
    { id: subQueueOf(run), limit: Number.POSITIVE_INFINITY },
    { id: ownerOf(run), limit: Number.POSITIVE_INFINITY },
  ]
  if (run.parent_id === null) pools.push({ id: rootPool(run.task_id), limit: limits.mostRoots })
  const add = (id: string, limit: number | null | undefined) => {
    if (limit !== null && limit !== undefined) pools.push({ id, limit })
  }
  const addQueue = (name: string, queueKey: string | null) => {
    const queue = limits.queues.get(name)
    if (!queue) return
    add(`queue:${name}:${queueKey ?? ''}`, effectiveLimit(queue))
    add(`queue:${name}`, queue.combined_limit)
  }
  addQueue(run.queue, key)

  const manifest = limits.manifest()
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
