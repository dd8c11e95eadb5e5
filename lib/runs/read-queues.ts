import type { Database } from '#lib/db/connect-database.ts'
import { auditLog } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { readEngineQueues } from '#lib/jobs/read-engine-queues.ts'
import { readQueueFigures } from '#lib/telemetry/read-queue-figures.ts'

export type QueueView = {
  /** `task/<task id>` for the queue of one task. */
  name: string
  running: number
  /** The number of queued runs. */
  backlog: number
  /** How long the oldest queued run has waited, in milliseconds; null when none waits. */
  oldestAgeMs: number | null
  paused: boolean
  limit: number | null
}

export type QueuesView = {
  queues: QueueView[]
  /** False when the job engine does not answer; pauses and limits are then unknown. */
  engineAnswers: boolean
}

/**
 * Reads every queue: backlog, longest wait and running runs from our records, limit and pause from the job engine.
 */
export async function readQueues({
  db,
  jobs,
  now,
}: {
  db: Database
  jobs: JobEngine
  now: () => Date
}): Promise<QueuesView> {
  const [known, own] = await Promise.all([readEngineQueues(jobs), readQueueFigures({ db })])
  const names = new Set([...(known ?? []).map(({ name }) => name), ...own.map(({ queue }) => queue)])
  const queues = [...names].sort().map((name): QueueView => {
    const engine = known?.find((queue) => queue.name === name)
    const recorded = own.find(({ queue }) => queue === name)
    const oldest = recorded?.oldest
    return {
      name,
      running: recorded?.running ?? 0,
      backlog: recorded?.backlog ?? 0,
      oldestAgeMs: oldest ? Math.max(0, now().getTime() - oldest.getTime()) : null,
      paused: engine?.paused ?? false,
      limit: engine?.limit ?? null,
    }
  })
  return { queues, engineAnswers: known !== null }
}

type QueueAction = { queue: string; churchId: string; actorId: string }

/** Pauses a queue: no run starts, running ones continue. Throws `unavailable` when the engine does not answer. */
export async function pauseQueue(
  services: { db: Database; jobs: JobEngine },
  action: QueueAction,
): Promise<void> {
  await changeQueue(services, action, 'queue.paused', () => services.jobs.pauseQueue(action.queue))
}

/** Resumes a paused queue. Throws `unavailable` when the engine does not answer. */
export async function resumeQueue(
  services: { db: Database; jobs: JobEngine },
  action: QueueAction,
): Promise<void> {
  await changeQueue(services, action, 'queue.resumed', () => services.jobs.resumeQueue(action.queue))
}

async function changeQueue(
  { db }: { db: Database },
  { queue, churchId, actorId }: QueueAction,
  action: string,
  change: () => Promise<void>,
): Promise<void> {
  try {
    await change()
  } catch (cause) {
    if (typeof cause === 'object' && cause !== null && 'status' in cause && cause.status === 404) {
      throw new AppError('not_found', `There is no queue “${queue}”.`, { cause })
    }
    throw new AppError('unavailable', 'The job engine does not answer. Try again in a moment.', { cause })
  }
  await db.insert(auditLog).values({ churchId, actorId, action, subject: queue })
}
