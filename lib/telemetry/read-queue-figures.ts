import { and, eq, inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { runs } from '#lib/db/schema.ts'

export type QueueFigures = {
  /** `task/<task id>` for the queue of one task. */
  queue: string
  /** Runs that wait to start. */
  backlog: number
  running: number
  /** When the oldest of the waiting runs was requested; null when none waits. */
  oldest: Date | null
}

/**
 * The queued and running runs of each queue that has any, of one church or of all. Pages, the API, metrics and
 * alerts all count with this function, so that they agree.
 */
export async function readQueueFigures(
  { db }: { db: Database },
  { churchId }: { churchId?: string } = {},
): Promise<QueueFigures[]> {
  return db
    .select({
      queue: sql<string>`coalesce(${runs.queue}, 'task/' || ${runs.taskId})`,
      backlog: sql<number>`(count(*) filter (where ${runs.status} = 'queued'))::int`,
      running: sql<number>`(count(*) filter (where ${runs.status} = 'running'))::int`,
      oldest: sql<Date | null>`min(${runs.createdAt}) filter (where ${runs.status} = 'queued')`.mapWith(
        runs.createdAt,
      ),
    })
    .from(runs)
    .where(
      and(
        inArray(runs.status, ['queued', 'running']),
        churchId === undefined ? undefined : eq(runs.churchId, churchId),
      ),
    )
    .groupBy(sql`1`)
    .orderBy(sql`1`)
}
