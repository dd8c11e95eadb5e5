import { randomUUID } from 'node:crypto'

import type { ProjectBuild } from '../build/build-project.ts'
import type { Store } from '../database/store.ts'
import { readMachine } from '../model/machine-presets.ts'
import type { RunRow } from '../model/run-row.ts'
import { fromStatuses, transitions } from '../model/run-states.ts'
import type { Slots } from '../model/slots.ts'
import type { OpenWaits } from '../waits/open-waits.ts'
import type { Worker } from '../workers/start-worker.ts'
import type { WorkerPool } from '../workers/worker-pool.ts'
import type { ActiveRun } from './active-run.ts'
import type { Candidate } from './choose-runs.ts'

export interface Starting extends Store {
  hostId: string
  pool: WorkerPool
  slots: Slots
  active: Map<string, ActiveRun>
  waits: OpenWaits
  build(): ProjectBuild
}

/**
 * Dequeues the chosen runs and begins an attempt of each, in one statement, with one worker per run. Runs that
 * were cancelled in the meantime return their slots and workers. Returns the runs with an attempt.
 */
export async function startRuns(deps: Starting, candidates: Candidate[]): Promise<ActiveRun[]> {
  const build = deps.build()
  const workers = new Map<string, Worker>()
  const started: ActiveRun[] = []
  try {
    for (const run of candidates) workers.set(run.id, acquireWorker(deps, build, run))
    for (const run of await claim(deps, build, workers)) {
      const worker = workers.get(run.id)
      if (!worker) continue
      workers.delete(run.id)
      const active = createActiveRun(deps, { run, worker, build })
      deps.active.set(run.id, active)
      started.push(active)
    }
  } finally {
    for (const [runId, worker] of workers) {
      deps.pool.giveBack(worker)
      deps.slots.release(runId)
    }
  }
  return started
}

function acquireWorker({ pool }: Pick<Starting, 'pool'>, build: ProjectBuild, run: Candidate): Worker {
  const task = build.manifest.tasks.find((candidate) => candidate.id === run.task_id)
  return pool.acquire(build, readMachine(run.machine ?? task?.machine?.preset))
}

/** Claims the runs. Safe to repeat: a repeated statement returns the runs that the first one claimed. */
async function claim(
  { db, now, hostId }: Pick<Starting, 'db' | 'now' | 'hostId'>,
  build: ProjectBuild,
  workers: Map<string, Worker>,
): Promise<RunRow[]> {
  const runIds = [...workers.keys()]
  const all = [...workers.values()]
  return db.query<RunRow>(
    `with started as (
       update engine.runs set status = '${transitions.start.to}', attempt_count = attempt_count + 1,
         claim_id = $4, host_id = $5, started_at = coalesce(started_at, $6), updated_at = $6, version = $7,
         machine = chosen.machine
       from unnest($1::text[], $2::text[], $3::integer[]) as chosen (run_id, machine, pid)
       where runs.id = chosen.run_id and runs.status in (${fromStatuses('start')})
       returning runs.*, chosen.pid
     ), noted as (
       insert into engine.attempts (run_id, number, host_id, pid, machine, version, started_at)
       select id, attempt_count, $5, pid, machine, $7, $6 from started
     )
     select * from started
     union all
     select runs.*, null from engine.runs where id = any($1) and claim_id = $4`,
    [
      runIds,
      all.map((worker) => worker.machine.name),
      all.map((worker) => worker.pid ?? null),
      randomUUID(),
      hostId,
      now(),
      build.version,
    ],
  )
}

function createActiveRun(
  { waits }: Pick<Starting, 'waits'>,
  { run, worker, build }: Pick<ActiveRun, 'run' | 'worker' | 'build'>,
): ActiveRun {
  return {
    run,
    worker,
    build,
    waits: waits.begin(run.id, (waitpoint) => worker.resolveWaitpoint(waitpoint)),
    suspendedMs: 0,
    suspendedSinceMs: undefined,
    statusStored: Promise.resolve(),
    cancel() {},
    shutDown() {},
  }
}
