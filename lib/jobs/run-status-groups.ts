import type { RunStatus } from '#lib/db/schema.ts'

/** Statuses that are asked for together: runs that have not ended, and those that ended without doing their work. */
export const runStatusGroups = {
  live: ['queued', 'delayed', 'running', 'waiting'],
  bad: ['failed', 'crashed', 'timed_out', 'expired'],
} as const satisfies Record<string, readonly RunStatus[]>
