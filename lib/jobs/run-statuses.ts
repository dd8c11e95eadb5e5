import type { RunStatus } from '#lib/db/schema.ts'

/** A run with one of these statuses has ended. */
export const finalStatuses = ['completed', 'failed', 'crashed', 'timed_out', 'expired', 'cancelled'] as const

/** Statuses that are queried together: runs that have not ended, and runs that ended without success. */
export const runStatusGroups = {
  live: ['queued', 'delayed', 'running', 'waiting'],
  bad: ['failed', 'crashed', 'timed_out', 'expired'],
} as const satisfies Record<string, readonly RunStatus[]>

/** Whether a run with this status has ended. */
export function hasEnded(status: RunStatus): boolean {
  return finalStatuses.some((final) => final === status)
}
