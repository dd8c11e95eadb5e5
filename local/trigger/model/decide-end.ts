import {
  calculateNextRetryDelay,
  isOOMRunError,
  type RetryOptions,
  sanitizeError,
  shouldLookupRetrySettings,
  shouldRetryError,
  type TaskRunError,
  type TaskRunExecutionResult,
  taskRunErrorEnhancer,
} from '@trigger.dev/core/v3'
import { internalErrorFromUnexpectedExit, UnexpectedExitError } from '@trigger.dev/core/v3/errors'

import type { TransitionName } from './run-states.ts'

/** How a worker process ended. `stderr` is the end of its output there. */
export type WorkerExit = { code: number | null; signal: NodeJS.Signals | null; stderr: string }

export type AttemptEnd =
  | { kind: 'succeeded'; output: string | null; outputType: string }
  | { kind: 'cancelled'; error: TaskRunError }
  | { kind: 'failed'; transition: FailureTransition; error: TaskRunError }
  | {
      kind: 'retry'
      delayMs: number
      error: TaskRunError
      machine: string
      /** False when the next attempt has the same number, because this one crashed after progress. */
      counts: boolean
    }

type FailureTransition = Extract<TransitionName, 'fail' | 'crash' | 'timeOut' | 'failInEngine' | 'cancel'>

/** The maximum number of attempts of a run, whatever its task declares. */
const mostAttempts = 250

/** A run ends after this many crashes in a row without a newly finished step. */
const mostStalledCrashes = 3
/** The exit code by which a container reports that its process was killed. */
const killedExitCode = 137
const defaultDelayMs = 1_000

/** True for a process that was killed from outside, by a person or by the system for lack of memory. */
export function wasKilled(exit: WorkerExit): boolean {
  return exit.signal === 'SIGKILL' || exit.code === killedExitCode
}

/** Returns the error of a process that ended without a result. */
export function describeExit(exit: WorkerExit): TaskRunError {
  return internalErrorFromUnexpectedExit(
    new UnexpectedExitError(exit.code ?? -1, exit.signal, exit.stderr || undefined),
    false,
  )
}

/**
 * Decides what follows an attempt, in the order of the hosted engine: cancellation, lack of memory (one more
 * attempt on the larger machine that the task names), errors that are never retried, the remaining attempts, the
 * delay that the task requested, and the task's own retry settings.
 *
 * Two rules differ from the hosted engine. A crash after a newly finished step does not count as an attempt. A
 * killed worker of a task that names a larger machine ends the run only when it was killed three times in a row
 * without a newly finished step.
 */
export function decideEnd(attempt: {
  result: TaskRunExecutionResult
  number: number
  maxAttempts: number | null
  machine: string
  retry: RetryOptions | undefined
  /** Set when the worker ended without a result. `stalled` is 0 when a step has finished since the last crash. */
  crash?: { killed: boolean; stalled: number; attempts: number } | undefined
}): AttemptEnd {
  const { result, number, retry, machine, crash } = attempt
  if (result.ok) return { kind: 'succeeded', output: result.output ?? null, outputType: result.outputType }

  const error = sanitizeError(result.error)
  if (error.type === 'INTERNAL_ERROR' && error.code === 'TASK_RUN_CANCELLED') {
    return { kind: 'cancelled', error }
  }
  const larger = retry?.outOfMemory?.machine
  const outOfMemory = isOOMRunError(result.error)
  const backOffMs = (retry && calculateNextRetryDelay(retry, number)) ?? defaultDelayMs
  if (crash && crash.attempts < mostAttempts) {
    const next = { delayMs: backOffMs, error, machine: outOfMemory && larger ? larger : machine }
    if (crash.stalled === 0) return { kind: 'retry', ...next, counts: false }
    if (crash.killed && larger && crash.stalled < mostStalledCrashes) {
      return { kind: 'retry', ...next, counts: true }
    }
  }
  if (outOfMemory) {
    if (!larger || larger === machine || crash?.killed) return fail(error)
    return { kind: 'retry', delayMs: backOffMs, error, machine: larger, counts: true }
  }
  const enhanced = taskRunErrorEnhancer(result.error)
  if (!shouldRetryError(enhanced)) return fail(error)
  const most = attempt.maxAttempts ?? retry?.maxAttempts
  if (most === undefined || number >= most || number > mostAttempts) return fail(error)
  if (result.retry) return { kind: 'retry', delayMs: result.retry.delay, error, machine, counts: true }
  if (!shouldLookupRetrySettings(enhanced) || !retry) return fail(error)
  const delayMs = calculateNextRetryDelay(retry, number)
  if (delayMs === undefined) return fail(error)
  return { kind: 'retry', delayMs, error, machine, counts: true }
}

function fail(error: TaskRunError): AttemptEnd {
  return { kind: 'failed', transition: failureTransition(taskRunErrorEnhancer(error)), error }
}

/** Returns the transition by which a run ends after an error. */
function failureTransition(error: TaskRunError): FailureTransition {
  if (error.type !== 'INTERNAL_ERROR') return 'fail'
  switch (error.code) {
    case 'TASK_INPUT_ERROR':
    case 'TASK_OUTPUT_ERROR':
    case 'TASK_MIDDLEWARE_ERROR':
    case 'TASK_RUN_UNCAUGHT_EXCEPTION':
      return 'fail'
    case 'TASK_RUN_CANCELLED':
      return 'cancel'
    case 'MAX_DURATION_EXCEEDED':
      return 'timeOut'
    case 'TASK_PROCESS_OOM_KILLED':
    case 'TASK_PROCESS_MAYBE_OOM_KILLED':
    case 'TASK_PROCESS_SIGSEGV':
    case 'TASK_PROCESS_EXITED_WITH_NON_ZERO_CODE':
    case 'HANDLE_ERROR_ERROR':
    case 'TASK_RUN_CRASHED':
      return 'crash'
    default:
      return 'failInEngine'
  }
}
