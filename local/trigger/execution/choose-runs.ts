import type { Store } from '../database/store.ts'
import { chooseFairly, type SubQueue } from '../model/choose-fairly.ts'
import { type Limits, listPools, ownerOf, type PoolSubject, subQueueOf } from '../model/list-pools.ts'
import type { RunRow } from '../model/run-row.ts'
import { fromStatuses } from '../model/run-states.ts'
import type { ServedOrder } from '../model/served-order.ts'
import { hostPool, type Slots } from '../model/slots.ts'

export type Candidate = PoolSubject & Pick<RunRow, 'id' | 'machine'>

export interface Choosing extends Store {
  limits: Limits
  slots: Slots
  served: ServedOrder
}

const queued = `status in (${fromStatuses('start')})`

/** SQL for the first runs of every sub-queue that is not paused, ordered by how long the first run has waited. */
const headsOfSubQueues = `
  with recursive sub_queues as (
    (select queue, coalesce(concurrency_key, '') as key from engine.runs
     where ${queued} order by queue, coalesce(concurrency_key, '') limit 1)
    union all
    select next.queue, next.key from sub_queues cross join lateral (
      select queue, coalesce(concurrency_key, '') as key from engine.runs
      where ${queued}
        and (queue, coalesce(concurrency_key, '')) > (sub_queues.queue, sub_queues.key)
      order by queue, coalesce(concurrency_key, '') limit 1
    ) next
  )
  select heads.* from sub_queues cross join lateral (
    select id, task_id, machine, queue, concurrency_key, concurrency_limits, gates, parent_id, order_at, seq
    from engine.runs
    where ${queued} and queue = sub_queues.queue and coalesce(concurrency_key, '') = sub_queues.key
      and run_at <= $1
    order by order_at, seq limit $3
  ) heads
  where sub_queues.queue <> all($2)
  order by heads.order_at, heads.seq`

/**
 * Chooses the queued runs that may start now, as many as have a free slot in each of their pools, and takes these
 * slots. The caller starts them or releases their slots.
 */
export async function chooseRuns(deps: Choosing): Promise<Candidate[]> {
  const { db, now, limits, slots, served } = deps
  const free = limits.concurrency - slots.count(hostPool)
  if (free <= 0) return []
  const paused = [...limits.queues.values()].filter((queue) => queue.paused).map((queue) => queue.name)
  const heads = await db.query<Candidate>(headsOfSubQueues, [now(), paused, free])
  const subQueues = new Map<string, SubQueue<Candidate>>()
  for (const run of heads) {
    // A run that is being started is still queued in the database.
    if (slots.holds(run.id)) continue
    const name = subQueueOf(run)
    const subQueue = subQueues.get(name) ?? { name, owner: ownerOf(run), runs: [] }
    subQueue.runs.push(run)
    subQueues.set(name, subQueue)
  }
  return chooseFairly({
    subQueues: [...subQueues.values()],
    free,
    running: (name) => slots.count(name),
    servedAt: (name) => served.at(name),
    take(run) {
      const pools = listPools(limits, run)
      if (slots.findFull(pools)) return false
      slots.take(run.id, pools)
      return true
    },
    onServed: (name) => served.note(name),
  })
}
