import { inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { auditLog, runs } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { JobEngine } from '#lib/jobs/connect-job-engine.ts'
import { readEngineQueues } from '#lib/jobs/read-engine-queues.ts'

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
  /**
   * False when the job engine does not answer: then the counts come from our records, and pauses and limits
   * are unknown.
   */
  engineAnswers: boolean
}

/** Every queue with its backlog, longest wait, running runs, limit and whether it is paused. */
export async function readQueues({
  db,
  jobs,
  now,
}: {
  db: Database
  jobs: JobEngine
  now: () => Date
}): Promise<QueuesView> {
  const queueName = sql<string>`coalesce(${runs.queue}, 'task/' || ${runs.taskId})`
  const [known, own] = await Promise.all([
    readEngineQueues(jobs),
    db
      .select({
        name: queueName,
        running: sql<number>`(count(*) filter (where ${runs.status} = 'running'))::int`,
        backlog: sql<number>`(count(*) filter (where ${runs.status} = 'queued'))::int`,
        oldest: sql<Date | null>`min(${runs.createdAt}) filter (where ${runs.status} = 'queued')`.mapWith(
          runs.createdAt,
        ),
      })
      .from(runs)
      .where(inArray(runs.status, ['queued', 'running']))
      .groupBy(sql`1`),
  ])
  const names = new Set([...(known ?? []).map(({ name }) => name), ...own.map(({ name }) => name)])
  const queues = [...names].sort().map((name): QueueView => {
    const engine = known?.find((queue) => queue.name === name)
    const ours = own.find((queue) => queue.name === name)
    const oldest = ours?.oldest
    return {
      name,
      running: engine?.running ?? ours?.running ?? 0,
      backlog: engine?.queued ?? ours?.backlog ?? 0,
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
