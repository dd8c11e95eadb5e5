import type { Engine } from '../engine.ts'
import type { RunRow } from '../runs/run-row.ts'
import { hostPool } from './count-slots.ts'
import type { RunJob } from './deliver-runs.ts'
import { listPools, type PoolSubject } from './list-pools.ts'

type Candidate = PoolSubject & Pick<RunRow, 'id' | 'machine'>

const pageSize = 100
const mostPages = 20

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

async function chooseRuns(engine: Engine, concurrency: number, free: number): Promise<Candidate[]> {
  const chosen: Candidate[] = []
  const passed = new Set<string>()
  const paused = [...engine.queues.values()].filter((queue) => queue.paused).map((queue) => queue.name)
  const fullLines = new Set<string>()
  for (let page = 0; page < mostPages && chosen.length < free; page++) {
    const rows = await engine.db.query<Candidate & { line: string }>(
      `select id, task_id, machine, queue, concurrency_key, concurrency_limits, gates,
              task_id || chr(31) || queue || chr(31) || coalesce(concurrency_key, '') as line
       from engine.runs
       where status = 'QUEUED' and run_at <= $1 and queue <> all($2)
         and task_id || chr(31) || queue || chr(31) || coalesce(concurrency_key, '') <> all($3)
         and id <> all($4)
       order by order_at, seq limit ${pageSize}`,
      [engine.now(), paused, [...fullLines], [...passed]],
    )
    for (const row of rows) {
      passed.add(row.id)
      if (chosen.length >= free || fullLines.has(row.line)) continue
      const pools = listPools({ ...engine, concurrency }, row)
      if (engine.slots.findFull(pools)) {
        fullLines.add(row.line)
        continue
      }
      engine.slots.take(row.id, pools)
      engine.admitted.set(row.id, {
        sinceMs: engine.now().getTime(),
        taskId: row.task_id,
        machine: row.machine,
      })
      chosen.push(row)
    }
    if (rows.length < pageSize) break
  }
  return chosen
}
