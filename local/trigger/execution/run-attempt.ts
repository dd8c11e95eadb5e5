import type { TaskRunError, TaskRunExecutionResult } from '@trigger.dev/core/v3'

import type { Store } from '../database/store.ts'
import { cancelledError } from '../model/cancelled-error.ts'
import { decideEnd, describeExit, type WorkerExit, wasKilled } from '../model/decide-end.ts'
import { describeExecution } from '../model/describe-execution.ts'
import type { Limits } from '../model/list-pools.ts'
import type { RunRow } from '../model/run-row.ts'
import { hostPool } from '../model/slots.ts'
import { applyFlushedMetadata } from '../runs/apply-metadata.ts'
import { assessCrash } from '../runs/assess-crash.ts'
import { hasTask } from '../runs/fail-runs-of-removed-tasks.ts'
import { recordAttemptEnd } from '../runs/record-attempt-end.ts'
import { requeueRuns } from '../runs/requeue-runs.ts'
import type { OpenWaits } from '../waits/open-waits.ts'
import type { Worker } from '../workers/start-worker.ts'
import type { WorkerPool } from '../workers/worker-pool.ts'
import type { ActiveRun } from './active-run.ts'
import { endRunsOfRemovedTasks } from './end-runs-of-removed-tasks.ts'
import { type Suspending, suspendRun } from './suspend-run.ts'

export interface Attempting extends Store, Suspending {
  hostId: string
  pool: WorkerPool
  limits: Limits
  active: Map<string, ActiveRun>
  waits: OpenWaits
  cancelRequested: Set<string>
  wakeAt(date: Date): void
}

/** How an attempt ended, and whether its worker may execute another. */
type Outcome =
  | {
      kind: 'result'
      result: TaskRunExecutionResult
      reuse: boolean
      cancelled?: boolean
      /** Set when the worker ended without a result. */
      exit?: WorkerExit
    }
  | { kind: 'shut-down' }

const flushMs = 3_000
const cancelMs = 2_000
/** A worker that cannot enforce its own maximum duration is ended this much later. */
const maxDurationGraceMs = 5_000

/** Executes a started attempt and stores how it ended. Never rejects. */
export async function runAttempt(deps: Attempting, active: ActiveRun): Promise<void> {
  const { run } = active
  try {
    await conclude(deps, active, await execute(deps, active))
  } catch (error) {
    deps.log(`Run ${run.id}: ${error instanceof Error ? error.message : error}`)
    deps.waits.end(active.waits)
    deps.active.delete(run.id)
    await active.worker.kill()
  } finally {
    deps.slots.release(run.id)
    deps.pump()
  }
}

/** Resolves with the first result, uncaught exception, process exit, exceeded limit or cancellation. */
async function execute(deps: Attempting, active: ActiveRun): Promise<Outcome> {
  const { run, worker, build } = active
  const task = build.manifest.tasks.find((candidate) => candidate.id === run.task_id)
  if (!task) return toOutcome(run, 'COULD_NOT_FIND_TASK', `The task "${run.task_id}" no longer exists.`)
  const maxDurationSeconds = run.max_duration_s ?? task.maxDuration
  const startedMs = performance.now()

  return await new Promise<Outcome>((resolve) => {
    let watch: NodeJS.Timeout | undefined
    const end = (outcome: Outcome) => {
      clearInterval(watch)
      resolve(outcome)
    }
    const timeOut = (seconds: number) =>
      end(
        toOutcome(run, 'MAX_DURATION_EXCEEDED', `The run took longer than its limit of ${seconds} seconds.`),
      )

    active.shutDown = () => end({ kind: 'shut-down' })
    active.cancel = () => {
      void worker.cancel(cancelMs).then(() =>
        end({
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
        const nowMs = performance.now()
        const waitedMs = active.suspendedMs + nowMs - (active.suspendedSinceMs ?? nowMs)
        const ranMs = nowMs - startedMs - waitedMs
        if (ranMs > maxDurationSeconds * 1000 + maxDurationGraceMs) timeOut(maxDurationSeconds)
      }, 1_000)
      watch.unref()
    }
    worker.execute(
      describeExecution({
        run,
        build,
        machine: worker.machine,
        queueId: deps.limits.queues.get(run.queue)?.id,
        now: deps.now(),
      }),
      run.traceparent,
      {
        onCompleted: (result) => end({ kind: 'result', result, reuse: true }),
        onUncaught: (error) => end(toOutcome(run, 'TASK_RUN_UNCAUGHT_EXCEPTION', error.message, error.stack)),
        onMaxDuration: timeOut,
        onSuspendable(suspendable) {
          if (suspendable) suspendRun(deps, active)
        },
        onExit: (exit) =>
          end({
            kind: 'result',
            result: { ok: false, id: run.id, error: describeExit(exit) },
            reuse: false,
            exit,
          }),
      },
    )
    // The run may have been cancelled while the attempt was being started.
    if (run.cancel_requested_at || deps.cancelRequested.delete(run.id)) active.cancel()
  })
}

function toOutcome(
  run: RunRow,
  code: Extract<TaskRunError, { type: 'INTERNAL_ERROR' }>['code'],
  message: string,
  stackTrace?: string,
): Outcome {
  const error: TaskRunError = {
    type: 'INTERNAL_ERROR',
    code,
    message,
    ...(stackTrace ? { stackTrace } : {}),
  }
  return { kind: 'result', result: { ok: false, id: run.id, error }, reuse: false }
}

async function conclude(deps: Attempting, active: ActiveRun, outcome: Outcome): Promise<void> {
  const { run, worker } = active
  if (outcome.kind === 'shut-down') {
    // The process is killed first, so that the next host does not execute the run at the same time.
    await worker.kill()
    deps.waits.end(active.waits)
    deps.active.delete(run.id)
    await requeueRuns(deps.db.query, {
      now: deps.now(),
      hostId: deps.hostId,
      runId: run.id,
      outcome: 'shut_down',
    })
    return
  }
  const { result } = outcome
  deps.waits.end(active.waits)
  const task = active.build.manifest.tasks.find((candidate) => candidate.id === run.task_id)
  const crash = outcome.exit ? await assessCrash(deps, run) : undefined
  const end = decideEnd({
    result,
    number: run.attempt_count,
    maxAttempts: run.max_attempts,
    machine: worker.machine.name,
    retry: task?.retry,
    crash: crash && outcome.exit && { ...crash, killed: wasKilled(outcome.exit) },
  })
  // A worker that may not be reused ends before the end of the attempt is announced.
  const workerReady = outcome.reuse
    ? reuseWorker(deps, worker)
    : endWorker(worker, outcome.cancelled === true)
  if (!outcome.reuse) await workerReady
  if (result.flushedMetadata) await applyFlushedMetadata(deps, run, result.flushedMetadata)
  const durationMs = result.usage?.durationMs ?? 0
  const ended = await recordAttemptEnd(deps, { run, end, durationMs, crash })
  deps.active.delete(run.id)
  if (ended) await announceEnd(deps, ended)
  // Its other slots are free now; the host's slot is free when the worker is.
  deps.slots.release(run.id, (pool) => pool !== hostPool)
  deps.pump()
  await workerReady
}

async function announceEnd(deps: Attempting, run: RunRow): Promise<void> {
  if (run.finished_at) deps.waits.completeRun(run)
  else if (hasTask(deps.limits.manifest(), run)) deps.wakeAt(run.run_at)
  else await endRunsOfRemovedTasks({ ...deps, manifest: deps.limits.manifest })
}

async function reuseWorker({ pool }: Pick<Attempting, 'pool'>, worker: Worker): Promise<void> {
  await worker.flush(flushMs)
  pool.giveBack(worker)
}

async function endWorker(worker: Worker, cancelled: boolean): Promise<void> {
  if (cancelled) await worker.kill()
  else await worker.end()
}
