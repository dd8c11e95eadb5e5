import type { CompletedWaitpoint, TaskRunError } from '@trigger.dev/core/v3'

import type { RunRow } from '../model/run-row.ts'

/** The position of a child run in a batch. */
export type BatchPosition = { id: string; index: number }

type Waiter = { attempt: AttemptWaits; batch: BatchPosition | undefined }

/** The waits of one attempt. They end with it. */
export interface AttemptWaits {
  readonly runId: string
  /** The open waits, by the keys that the worker uses. */
  readonly open: Set<string>
  /** True while the run waits for others and has released its slots. */
  suspended: boolean
  /** Waitpoints to deliver when the run has its slots again. */
  undelivered: CompletedWaitpoint[]
  /** Sends a waitpoint to the worker. */
  deliver(waitpoint: CompletedWaitpoint): void
}

/** Returns the key that a worker uses for a wait: the child run, its position in a batch, or a waitpoint. */
function waitKey(target: string, batch: BatchPosition | undefined): string {
  return batch ? `${batch.id}_${batch.index}` : target
}

/** Which executing attempts wait for which runs and waitpoints. Kept in memory: a new attempt opens its waits again. */
export class OpenWaits {
  readonly #attempts = new Map<string, AttemptWaits>()
  readonly #waiters = new Map<string, Waiter[]>()
  readonly #onResumable: () => void
  #resumable: AttemptWaits[] = []

  /** `onResumable` is called when a suspended attempt could resume if it had its slots. */
  constructor(onResumable: () => void) {
    this.#onResumable = onResumable
  }

  /** Starts to record the waits of a run's new attempt. */
  begin(runId: string, deliver: AttemptWaits['deliver']): AttemptWaits {
    const attempt: AttemptWaits = { runId, open: new Set(), suspended: false, undelivered: [], deliver }
    this.#attempts.set(runId, attempt)
    return attempt
  }

  /** Drops the waits of an attempt that has ended. */
  end(attempt: AttemptWaits): void {
    attempt.open.clear()
    attempt.undelivered = []
    if (this.#attempts.get(attempt.runId) === attempt) this.#attempts.delete(attempt.runId)
    for (const [target, waiters] of this.#waiters) {
      const kept = waiters.filter((waiter) => waiter.attempt !== attempt)
      if (kept.length === waiters.length) continue
      if (kept.length === 0) this.#waiters.delete(target)
      else this.#waiters.set(target, kept)
    }
    this.#resumable = this.#resumable.filter((candidate) => candidate !== attempt)
  }

  /**
   * Makes a run's attempt wait for `target`, a run or a waitpoint. Returns false when the run has no attempt;
   * its next attempt opens the wait again.
   */
  open(runId: string, target: string, batch?: BatchPosition): boolean {
    const attempt = this.#attempts.get(runId)
    if (!attempt) return false
    attempt.open.add(waitKey(target, batch))
    this.#waiters.set(target, [...(this.#waiters.get(target) ?? []), { attempt, batch }])
    return true
  }

  /** Notifies every attempt that waits for a run that it has ended. */
  completeRun(run: RunRow): void {
    for (const { attempt, batch } of this.#takeWaiters(run.id)) {
      this.#complete(attempt, waitKey(run.id, batch), describeEndedRun(run, batch))
    }
  }

  /** Notifies every attempt that waits for a waitpoint that it has completed or timed out. */
  completeWaitpoint(waitpoint: CompletedWaitpoint): void {
    for (const { attempt } of this.#takeWaiters(waitpoint.friendlyId)) {
      this.#complete(attempt, waitpoint.friendlyId, waitpoint)
    }
  }

  /** Resumes suspended attempts whose waits have ended, in order, while `resume` returns true for them. */
  resume(resume: (attempt: AttemptWaits) => boolean): void {
    this.#resumable = this.#resumable.filter((attempt) => {
      if (!resume(attempt)) return true
      attempt.suspended = false
      const waitpoints = attempt.undelivered
      attempt.undelivered = []
      for (const waitpoint of waitpoints) attempt.deliver(waitpoint)
      return false
    })
  }

  #takeWaiters(target: string): Waiter[] {
    const waiters = this.#waiters.get(target) ?? []
    this.#waiters.delete(target)
    return waiters
  }

  /** The last waitpoint makes a suspended run continue, so it is delivered only when the run has its slots again. */
  #complete(attempt: AttemptWaits, key: string, waitpoint: CompletedWaitpoint): void {
    if (!attempt.open.delete(key)) return
    if (attempt.suspended && attempt.open.size === 0) {
      attempt.undelivered.push(waitpoint)
      this.#resumable.push(attempt)
      this.#onResumable()
      return
    }
    attempt.deliver(waitpoint)
  }
}

function describeEndedRun(run: RunRow, batch: BatchPosition | undefined): CompletedWaitpoint {
  const failed = run.status !== 'COMPLETED'
  return {
    id: run.id,
    friendlyId: run.id,
    type: 'RUN',
    completedAt: run.finished_at ?? run.updated_at,
    ...(batch ? { index: batch.index } : {}),
    completedByTaskRun: {
      id: run.id,
      friendlyId: run.id,
      ...(batch ? { batch: { id: batch.id, friendlyId: batch.id } } : {}),
    },
    ...(failed
      ? { output: JSON.stringify(run.error ?? describeMissingError(run)), outputType: 'application/json' }
      : run.output === null
        ? {}
        : { output: run.output, outputType: run.output_type ?? 'application/json' }),
    outputIsError: failed,
  }
}

function describeMissingError(run: RunRow): TaskRunError {
  return { type: 'STRING_ERROR', raw: `The run ended as ${run.status}.` }
}
