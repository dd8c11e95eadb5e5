import type { CompletedWaitpoint } from '@trigger.dev/core/v3'

import type { ActiveRun, Engine, Waiter } from '../engine.ts'
import type { RunRow } from '../runs/run-row.ts'

/** What an attempt's open wait is known by: the child run, its place in a batch, or a waitpoint. */
function waitKey(target: string, batch: Waiter['batch']): string {
  return batch ? `${batch.id}_${batch.index}` : target
}

/**
 * Notes that a running attempt waits for `target` (a run or a waitpoint). Does nothing when the
 * attempt has ended meanwhile: its next try asks again.
 */
export function openWait(engine: Engine, parentId: string, target: string, batch?: Waiter['batch']): boolean {
  const parent = engine.active.get(parentId)
  if (!parent) return false
  parent.openWaits.add(waitKey(target, batch))
  const waiter: Waiter = { parentId, attempt: parent.run.attempt_count, ...(batch ? { batch } : {}) }
  engine.waiters.set(target, [...(engine.waiters.get(target) ?? []), waiter])
  return true
}

/** Tells everybody who waits for a run that it ended. */
export function completeRunWaits(engine: Engine, run: RunRow): void {
  for (const [waiter, parent] of takeWaiters(engine, run.id)) {
    const failed = run.status !== 'COMPLETED'
    deliver(engine, parent, waitKey(run.id, waiter.batch), {
      id: run.id,
      friendlyId: run.id,
      type: 'RUN',
      completedAt: run.finished_at ?? engine.now(),
      ...(waiter.batch ? { index: waiter.batch.index } : {}),
      completedByTaskRun: {
        id: run.id,
        friendlyId: run.id,
        ...(waiter.batch ? { batch: { id: waiter.batch.id, friendlyId: waiter.batch.id } } : {}),
      },
      ...(failed
        ? { output: JSON.stringify(run.error ?? endedWithout(run)), outputType: 'application/json' }
        : run.output === null
          ? {}
          : { output: run.output, outputType: run.output_type ?? 'application/json' }),
      outputIsError: failed,
    })
  }
}

/** Tells everybody who waits for a waitpoint that it is over. */
export function completeWaitpointWaits(engine: Engine, waitpoint: CompletedWaitpoint): void {
  for (const [, parent] of takeWaiters(engine, waitpoint.friendlyId)) {
    deliver(engine, parent, waitpoint.friendlyId, waitpoint)
  }
}

function* takeWaiters(engine: Engine, target: string): Generator<[Waiter, ActiveRun]> {
  const waiters = engine.waiters.get(target) ?? []
  engine.waiters.delete(target)
  for (const waiter of waiters) {
    const parent = engine.active.get(waiter.parentId)
    if (parent && parent.run.attempt_count === waiter.attempt) yield [waiter, parent]
  }
}

/** The last wait of a suspended run wakes it, so that one needs the run's slots back first. */
function deliver(engine: Engine, parent: ActiveRun, key: string, waitpoint: CompletedWaitpoint): void {
  if (!parent.openWaits.delete(key)) return
  if (parent.suspended && parent.openWaits.size === 0) {
    parent.heldWaitpoints.push(waitpoint)
    engine.resumable.push(parent)
    engine.pump()
    return
  }
  parent.worker.resolveWaitpoint(waitpoint)
}

/** Forgets what an attempt waited for. */
export function dropWaits(engine: Engine, active: ActiveRun): void {
  active.openWaits.clear()
  active.heldWaitpoints = []
  for (const [target, waiters] of engine.waiters) {
    const kept = waiters.filter((waiter) => waiter.parentId !== active.run.id)
    if (kept.length === waiters.length) continue
    if (kept.length === 0) engine.waiters.delete(target)
    else engine.waiters.set(target, kept)
  }
  engine.resumable = engine.resumable.filter((candidate) => candidate !== active)
}

function endedWithout(run: RunRow) {
  const words: Partial<Record<RunRow['status'], string>> = {
    CANCELED: 'The run was cancelled.',
    EXPIRED: `The run expired because its time to live (${run.ttl}) was reached.`,
  }
  return { type: 'STRING_ERROR', raw: words[run.status] ?? `The run ended as ${run.status}.` }
}
