import type { RunStatus, StoredError } from '#lib/db/schema.ts'

/** The state of a run in the engine, with our own status names. */
export type EngineRun = {
  status: RunStatus
  /** The status name of the engine, such as `SYSTEM_FAILURE`. */
  engineStatus: string
  output: unknown
  error: StoredError | null
  finishedAt: Date | null
  /** The runs that this run started. */
  children: { id: string; taskId: string; status: RunStatus; createdAt: Date }[]
}

const statuses: Record<string, RunStatus> = {
  PENDING_VERSION: 'queued',
  QUEUED: 'queued',
  DEQUEUED: 'queued',
  DELAYED: 'delayed',
  EXECUTING: 'running',
  WAITING: 'waiting',
  COMPLETED: 'completed',
  FAILED: 'failed',
  CANCELED: 'cancelled',
  CRASHED: 'crashed',
  SYSTEM_FAILURE: 'crashed',
  TIMED_OUT: 'timed_out',
  EXPIRED: 'expired',
}

/**
 * Parses the engine's answer about one run. An unknown status counts as `running`, so that a newer engine cannot
 * make us abandon work that continues.
 */
export function readEngineRun(answer: {
  status: string
  output?: unknown
  error?: { name?: string | undefined; message: string; stackTrace?: string | undefined } | undefined
  finishedAt?: Date | undefined
  relatedRuns?:
    | { children?: { id: string; taskIdentifier: string; status: string; createdAt: Date }[] | undefined }
    | undefined
}): EngineRun {
  return {
    status: statuses[answer.status] ?? 'running',
    engineStatus: answer.status,
    output: answer.output,
    error: answer.error
      ? {
          name: answer.error.name ?? 'Error',
          message: answer.error.message,
          ...(answer.error.stackTrace ? { stack: answer.error.stackTrace } : {}),
        }
      : null,
    finishedAt: answer.finishedAt ?? null,
    children: (answer.relatedRuns?.children ?? []).map((child) => ({
      id: child.id,
      taskId: child.taskIdentifier,
      status: statuses[child.status] ?? 'running',
      createdAt: child.createdAt,
    })),
  }
}
