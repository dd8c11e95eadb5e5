import type { TaskRunError, TaskRunExecutionResult } from '@trigger.dev/core/v3'

import type { ActiveRun, Admitted, Engine } from '../engine.ts'
import { applyFlushedMetadata } from '../runs/apply-metadata.ts'
import { cancelledError, recordAttemptEnd, returnToLine } from '../runs/end-run.ts'
import type { RunRow } from '../runs/run-row.ts'
import { dropWaits } from '../waits/complete-waits.ts'
import { suspendRun } from '../waits/suspend-run.ts'
import { readMachine } from '../workers/machine-presets.ts'
import type { Worker } from '../workers/start-worker.ts'
import { hostPool } from './count-slots.ts'
import { decideEnd, describeExit } from './decide-end.ts'
import type { RunJob } from './deliver-runs.ts'
import { describeExecution } from './describe-execution.ts'

/** How an attempt ended, and whether its worker may run another. */
type Settled =
  | { kind: 'result'; result: TaskRunExecutionResult; reuse: boolean; cancelled?: boolean }
  | { kind: 'shut-down' }

const flushMs = 3_000
const cancelMs = 2_000
/** A worker too busy to notice its own maxDuration is ended this much later. */
const maxDurationGraceMs = 5_000

/** Executes one delivered run: takes a worker, runs one attempt, and writes its end down. */
export async function runAttempt(engine: Engine, job: RunJob): Promise<void> {
  const admitted = engine.admitted.get(job.runId)
  if (!admitted || engine.active.has(job.runId) || engine.stopping) {
    engine.delivery.settle(job.jobId)
    return
  }
  engine.admitted.delete(job.runId)
  let active: ActiveRun | undefined
  try {
    active = await beginAttempt(engine, job, admitted)
    if (active) {
      const settled = await execute(engine, active)
      await conclude(engine, active, settled)
    }
  } catch (error) {
    engine.log(`Run ${job.runId}: ${error instanceof Error ? error.message : error}`)
    if (active) {
      engine.active.delete(job.runId)
      await active.worker.kill()
    }
  } finally {
    engine.slots.release(job.runId)
    engine.delivery.settle(job.jobId)
    engine.pump()
  }
}

async function beginAttempt(engine: Engine, job: RunJob, admitted: Admitted): Promise<ActiveRun | undefined> {
  const now = engine.now()
  const { build } = engine
  const task = build.manifest.tasks.find((candidate) => candidate.id === admitted.taskId)
  const machine = readMachine(admitted.machine ?? task?.machine?.preset)
  const worker = engine.pool.acquire(build, machine)
  const [run] = await engine.db.query<RunRow>(
    `with started as (
       update engine.runs set status = 'EXECUTING', attempt_count = attempt_count + 1, job_id = $3,
         started_at = coalesce(started_at, $4), updated_at = $4, version = $5, machine = $6
       where id = $1 and status = 'DEQUEUED' and host_id = $2 returning *
     ), noted as (
       insert into engine.attempts (run_id, number, host_id, pid, machine, version, started_at)
       select id, attempt_count, $2, $7, $6, $5, $4 from started
     )
     select * from started`,
    [job.runId, engine.hostId, job.jobId, now, build.version, machine.name, worker.pid ?? null],
  )
  if (!run) {
    engine.pool.giveBack(worker)
    return
  }
  return {
    run,
    jobId: job.jobId,
    worker,
    build,
    openWaits: new Set(),
    suspended: false,
    heldWaitpoints: [],
    statusWritten: Promise.resolve(),
    suspendedMs: 0,
    suspendedSince: undefined,
    cancel() {},
    shutDown() {},
  }
}

/** Resolves with the first of: a result, an uncaught exception, the process's end, a limit, a cancellation. */
async function execute(engine: Engine, active: ActiveRun): Promise<Settled> {
  const { run, worker } = active
  engine.active.set(run.id, active)
  const task = active.build.manifest.tasks.find((candidate) => candidate.id === run.task_id)
  if (!task) return settleError(run, 'COULD_NOT_FIND_TASK', `There is no task "${run.task_id}" any more.`)
  const maxDurationSeconds = run.max_duration_s ?? task.maxDuration
  const startedMs = Date.now()

  return await new Promise<Settled>((resolve) => {
    let watch: NodeJS.Timeout | undefined
    const settle = (settled: Settled) => {
      clearInterval(watch)
      resolve(settled)
    }
    const timeOut = (seconds: number) =>
      settle(settleError(run, 'MAX_DURATION_EXCEEDED', `The run took longer than its ${seconds} seconds.`))

    active.shutDown = () => settle({ kind: 'shut-down' })
    active.cancel = () => {
      void worker.cancel(cancelMs).then(() =>
        settle({
          kind: 'result',
          result: { ok: false, id: run.id, error: cancelledError },
          reuse: false,
          cancelled: true,
        }),
      )
      active.cancel = () => {}
    }
    if (maxDurationSeconds !== undefined) {
      watch = setInterval(() => {
        const waiting = active.suspendedSince ? Date.now() - active.suspendedSince : 0
        const ranMs = Date.now() - startedMs - active.suspendedMs - waiting
        if (ranMs > maxDurationSeconds * 1000 + maxDurationGraceMs) timeOut(maxDurationSeconds)
      }, 1_000)
      watch.unref()
    }
    worker.execute(
      describeExecution({ ...engine, build: active.build }, run, worker.machine),
      run.traceparent,
      {
        onCompleted: (result) => settle({ kind: 'result', result, reuse: true }),
        onUncaught: (error) =>
          settle(settleError(run, 'TASK_RUN_UNCAUGHT_EXCEPTION', error.message, error.stack)),
        onMaxDuration: timeOut,
        onSuspendable(suspendable) {
          if (suspendable) suspendRun(engine, active)
        },
        onExit: (exit) =>
          settle({
            kind: 'result',
            result: { ok: false, id: run.id, error: describeExit(exit) },
            reuse: false,
          }),
      },
    )
    // Somebody may have asked while the attempt was on its way here.
    if (run.cancel_requested_at || engine.cancelling.delete(run.id)) active.cancel()
  })
}

function settleError(
  run: RunRow,
  code: Extract<TaskRunError, { type: 'INTERNAL_ERROR' }>['code'],
  message: string,
  stackTrace?: string,
): Settled {
  const error: TaskRunError = {
    type: 'INTERNAL_ERROR',
    code,
    message,
    ...(stackTrace ? { stackTrace } : {}),
  }
  return { kind: 'result', result: { ok: false, id: run.id, error }, reuse: false }
}

async function conclude(engine: Engine, active: ActiveRun, settled: Settled): Promise<void> {
  const { run, worker } = active
  const attempt = run.attempt_count
  if (settled.kind === 'shut-down') {
    // Its process first, so that the next host does not run it beside this one.
    await worker.kill()
    dropWaits(engine, active)
    engine.active.delete(run.id)
    await returnToLine(engine.db.query, {
      now: engine.now(),
      hostId: engine.hostId,
      runId: run.id,
      outcome: 'shut_down',
    })
    return
  }
  const { result } = settled
  dropWaits(engine, active)
  const task = active.build.manifest.tasks.find((candidate) => candidate.id === run.task_id)
  const end = decideEnd({
    result,
    number: attempt,
    maxAttempts: run.max_attempts,
    machine: worker.machine.name,
    retry: task?.retry,
  })
  // A worker that may not be used again is gone before anybody hears that the attempt ended.
  const cleared = settled.reuse ? reuseWorker(engine, worker) : endWorker(worker, settled.cancelled === true)
  if (!settled.reuse) await cleared
  if (result.flushedMetadata) await applyFlushedMetadata(engine, run, result.flushedMetadata)
  await recordAttemptEnd(engine, { run, end, durationMs: result.usage?.durationMs ?? 0 })
  engine.active.delete(run.id)
  // Its queue can go on now; its place on the host is free once the worker is.
  engine.slots.release(run.id, (pool) => pool !== hostPool)
  engine.pump()
  await cleared
}

async function reuseWorker(engine: Engine, worker: Worker): Promise<void> {
  await worker.flush(flushMs)
  engine.pool.giveBack(worker)
}

async function endWorker(worker: Worker, cancelled: boolean): Promise<void> {
  if (cancelled) await worker.kill()
  else await worker.end()
}
