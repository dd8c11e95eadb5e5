import type { CompletedWaitpoint } from '@trigger.dev/core/v3'

/** A row of engine.waitpoints as the driver returns it. */
export type WaitpointRow = {
  id: string
  type: 'MANUAL' | 'DATETIME'
  status: 'WAITING' | 'COMPLETED' | 'TIMED_OUT'
  completed_after: Date | null
  timeout_at: Date | null
  completed_at: Date | null
  output: string | null
  output_type: string | null
  output_is_error: boolean
  idempotency_key: string | null
  idempotency_expires_at: Date | null
  tags: string[]
  created_at: Date
}

/** Describes a completed or timed-out waitpoint to the run that waits for it. */
export function describeWaitpoint(row: WaitpointRow): CompletedWaitpoint {
  return {
    id: row.id,
    friendlyId: row.id,
    type: row.type,
    completedAt: row.completed_at ?? row.completed_after ?? new Date(),
    ...(row.idempotency_key ? { idempotencyKey: row.idempotency_key } : {}),
    ...(row.completed_after ? { completedAfter: row.completed_after } : {}),
    ...(row.output === null ? {} : { output: row.output, outputType: row.output_type ?? 'application/json' }),
    outputIsError: row.output_is_error,
  }
}
