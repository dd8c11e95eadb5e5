export type RunStatus =
  | 'PENDING_VERSION'
  | 'QUEUED'
  | 'DEQUEUED'
  | 'EXECUTING'
  | 'WAITING'
  | 'DELAYED'
  | 'COMPLETED'
  | 'CANCELED'
  | 'FAILED'
  | 'CRASHED'
  | 'SYSTEM_FAILURE'
  | 'EXPIRED'
  | 'TIMED_OUT'

type Transition = { from: readonly RunStatus[]; to: RunStatus }

const inWorker = ['EXECUTING', 'WAITING'] as const satisfies RunStatus[]

/**
 * Every change of a run's status, by name. SQL statements take `from` and `to` from here, so a
 * run whose status has changed in the meantime is not changed again.
 */
export const transitions = {
  /** The delay is over. */
  release: { from: ['DELAYED'], to: 'QUEUED' },
  /** The run is dequeued with a worker, and an attempt begins. */
  start: { from: ['QUEUED'], to: 'EXECUTING' },
  /** The attempt waits for other runs, a time or a token, and releases its slots. */
  suspend: { from: ['EXECUTING'], to: 'WAITING' },
  /** Everything that it waited for has ended, and it has its slots again. */
  resume: { from: ['WAITING'], to: 'EXECUTING' },
  /** The attempt failed and another follows. */
  retry: { from: inWorker, to: 'QUEUED' },
  /** The engine lost or stopped the attempt. It does not count. */
  requeue: { from: inWorker, to: 'QUEUED' },
  complete: { from: inWorker, to: 'COMPLETED' },
  fail: { from: inWorker, to: 'FAILED' },
  crash: { from: inWorker, to: 'CRASHED' },
  /** The run took longer than its maximum duration. */
  timeOut: { from: inWorker, to: 'TIMED_OUT' },
  /** The engine could not execute the run, for example because its task no longer exists. */
  failInEngine: { from: ['QUEUED', ...inWorker], to: 'SYSTEM_FAILURE' },
  cancel: { from: ['DELAYED', 'QUEUED', ...inWorker], to: 'CANCELED' },
  /** The time to live passed before the first attempt. */
  expire: { from: ['QUEUED'], to: 'EXPIRED' },
} as const satisfies Record<string, Transition>

export type TransitionName = keyof typeof transitions

/** Returns the statuses from which a transition starts, as an SQL list for `status in (...)`. */
export function fromStatuses(name: TransitionName): string {
  return transitions[name].from.map((status) => `'${status}'`).join(', ')
}

const finalStatuses: ReadonlySet<RunStatus> = new Set([
  'COMPLETED',
  'CANCELED',
  'FAILED',
  'CRASHED',
  'SYSTEM_FAILURE',
  'EXPIRED',
  'TIMED_OUT',
])

/** True when the run has ended. */
export function isFinal(status: RunStatus): boolean {
  return finalStatuses.has(status)
}

/** True for the final statuses that free the run's idempotency key. A cancelled run keeps its key. */
export function isFailure(status: RunStatus): boolean {
  return isFinal(status) && status !== 'COMPLETED' && status !== 'CANCELED'
}
