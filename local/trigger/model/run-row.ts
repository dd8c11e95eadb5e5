import type { TaskRunError } from '@trigger.dev/core/v3'

import type { RunStatus } from './run-states.ts'

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
  /** The id of the run's current attempt; null when it has none. */
  claim_id: string | null
  host_id: string | null
  version: string | null
  cancel_requested_at: Date | null
  stalled_crashes: number
  steps_at_crash: number
  /** The length of a delay given as a duration; null for a date and without a delay. */
  delay_ms: number | null
  duration_ms: number
  created_at: Date
  updated_at: Date
  queued_at: Date | null
  started_at: Date | null
  finished_at: Date | null
}
