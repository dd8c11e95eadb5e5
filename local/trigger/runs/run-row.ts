import type { TaskRunError } from '@trigger.dev/core/v3'

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

/** A row of engine.runs as the driver returns it. */
export type RunRow = {
  id: string
  seq: string
  task_id: string
  status: RunStatus
  queue: string
  concurrency_key: string | null
  concurrency_limits: string[] | null
  gates: { queue: string; concurrencyKey?: string }[] | null
  priority_s: number
  order_at: Date
  run_at: Date
  payload: string | null
  payload_type: string
  output: string | null
  output_type: string | null
  error: TaskRunError | null
  metadata: Record<string, unknown>
  tags: string[]
  idempotency_key: string | null
  idempotency_key_options: { key: string; scope: 'run' | 'attempt' | 'global' } | null
  idempotency_expires_at: Date | null
  attempt_count: number
  max_attempts: number | null
  max_duration_s: number | null
  machine: string | null
  ttl: string | null
  expires_at: Date | null
  delayed_until: Date | null
  is_test: boolean
  replayed_from: string | null
  parent_id: string | null
  root_id: string | null
  depth: number
  resume_parent: boolean
  batch_id: string | null
  schedule_id: string | null
  traceparent: string | null
  job_id: string | null
  host_id: string | null
  version: string | null
  cancel_requested_at: Date | null
  duration_ms: number
  created_at: Date
  updated_at: Date
  queued_at: Date | null
  started_at: Date | null
  finished_at: Date | null
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

const failedStatuses: ReadonlySet<RunStatus> = new Set([
  'FAILED',
  'CRASHED',
  'SYSTEM_FAILURE',
  'EXPIRED',
  'TIMED_OUT',
])

/** True when nothing more happens to the run. */
export function isFinal(status: RunStatus): boolean {
  return finalStatuses.has(status)
}

/** True for the ends that free the run's idempotency key. A cancelled run keeps its key. */
export function isFailure(status: RunStatus): boolean {
  return failedStatuses.has(status)
}
