import type { Engine } from '../engine.ts'
import type { RunRow } from '../runs/run-row.ts'
import { chooseFairly, type Line } from './choose-fairly.ts'
import { hostPool } from './count-slots.ts'
import type { RunJob } from './deliver-runs.ts'
import { lineOf, listPools, type PoolSubject, shareOf } from './list-pools.ts'

const mostServedLines = 10_000

type Candidate = PoolSubject & Pick<RunRow, 'id' | 'machine'>

/**
 * Takes the next runs from the line, as many as have a place in every limit they fall under, marks
 * them as leaving and hands them to delivery in one transaction. Returns how many left the line.
 */
export async function admitRuns(engine: Engine, concurrency: number): Promise<RunJob[]> {
  const free = concurrency - engine.slots.count(hostPool)
  if (free <= 0 || engine.stopping) return []
  const chosen = await chooseRuns(engine, concurrency, free)
  if (chosen.length === 0) return []
  const ids = chosen.map((run) => run.id)
  try {
    const jobs = await engine.db.transaction(async (query) => {
      const leaving = await query<{ id: string }>(
        `update engine.runs set status = 'DEQUEUED', host_id = $2, updated_at = $3
         where id = any($1) and status = 'QUEUED' returning id`,
        [ids, engine.hostId, engine.now()],
      )
      if (leaving.length === 0) return []
      return engine.delivery.enqueue(
        leaving.map((run) => run.id),
        query,
      )
    })
    const left = new Set(jobs.map((job) => job.runId))
    for (const id of ids) if (!left.has(id)) release(engine, id)
    return jobs
  } catch (error) {
    for (const id of ids) release(engine, id)
    throw error
  }
}

function release(engine: Engine, runId: string) {
  engine.admitted.delete(runId)
  engine.slots.release(runId)
}

/** The first runs of every line that is not paused; lines whose heads wait longest come first. */
const headsOfLines = `
  with recursive lines as (
    (select queue, coalesce(concurrency_key, '') as key from engine.runs
     where status = 'QUEUED' order by queue, coalesce(concurrency_key, '') limit 1)
    union all
    select next.queue, next.key from lines cross join lateral (
      select queue, coalesce(concurrency_key, '') as key from engine.runs
      where status = 'QUEUED'
        and (queue, coalesce(concurrency_key, '')) > (lines.queue, lines.key)
      order by queue, coalesce(concurrency_key, '') limit 1
    ) next
  )
  select heads.* from lines cross join lateral (
    select id, task_id, machine, queue, concurrency_key, concurrency_limits, gates, parent_id, order_at, seq
    from engine.runs
    where status = 'QUEUED' and queue = lines.queue and coalesce(concurrency_key, '') = lines.key
      and run_at <= $1
    order by order_at, seq limit $3
  ) heads
  where lines.queue <> all($2)
  order by heads.order_at, heads.seq`

async function chooseRuns(engine: Engine, concurrency: number, free: number): Promise<Candidate[]> {
  const paused = [...engine.queues.values()].filter((queue) => queue.paused).map((queue) => queue.name)
  const heads = await engine.db.query<Candidate>(headsOfLines, [engine.now(), paused, free])
  const lines = new Map<string, Line<Candidate>>()
  for (const run of heads) {
    const name = lineOf(run)
    const line = lines.get(name) ?? { name, share: shareOf(run), runs: [] }
    line.runs.push(run)
    lines.set(name, line)
  }
  return chooseFairly({
    lines: [...lines.values()],
    free,
    running: (name) => engine.slots.count(name),
    servedAt: (name) => engine.served.get(name) ?? 0,
    take(run) {
      const pools = listPools({ ...engine, concurrency }, run)
      if (engine.slots.findFull(pools)) return false
      engine.slots.take(run.id, pools)
      engine.admitted.set(run.id, {
        sinceMs: engine.now().getTime(),
        taskId: run.task_id,
        machine: run.machine,
      })
      return true
    },
    onServed(name) {
      // Put last, so that those served longest ago can be forgotten first.
      engine.served.delete(name)
      engine.served.set(name, engine.now().getTime())
      const oldest = engine.served.size > mostServedLines ? engine.served.keys().next().value : undefined
      if (oldest !== undefined) engine.served.delete(oldest)
    },
  })
}
