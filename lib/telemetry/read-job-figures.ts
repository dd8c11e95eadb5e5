import { eq, isNull, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { deadLetters, events, sermons } from '#lib/db/schema.ts'
import { type MetricTotal, readMetricTotals } from '#lib/telemetry/metric-totals.ts'
import { readQueueFigures } from '#lib/telemetry/read-queue-figures.ts'

export type JobFigures = {
  /** Totals since the installation began. */
  totals: MetricTotal[]
  queues: { queue: string; backlog: number; running: number; oldestAgeSeconds: number }[]
  pendingEvents: number
  oldestPendingEventAgeSeconds: number
  deadLetters: { type: string; count: number }[]
  sermons: { facet: string; status: string; count: number }[]
}

/**
 * Reads the present state of all background work and its running totals. It uses indexes of open work and a small
 * table of totals, so the time does not grow with the number of runs.
 */
export async function readJobFigures({ db }: { db: Database }, { now }: { now: Date }): Promise<JobFigures> {
  const ageSeconds = (since: Date | null) =>
    since ? Math.max(0, (now.getTime() - since.getTime()) / 1000) : 0
  const queues = await readQueueFigures({ db })
  const [pending] = await db
    .select({
      count: sql<number>`count(*)::int`,
      oldest: sql<Date | null>`min(${events.createdAt})`.mapWith(events.createdAt),
    })
    .from(events)
    .where(eq(events.state, 'pending'))
  return {
    totals: await readMetricTotals({ db }),
    queues: queues.map(({ oldest, ...queue }) => ({ ...queue, oldestAgeSeconds: ageSeconds(oldest) })),
    pendingEvents: pending?.count ?? 0,
    oldestPendingEventAgeSeconds: ageSeconds(pending?.oldest ?? null),
    deadLetters: await db
      .select({ type: deadLetters.type, count: sql<number>`count(*)::int` })
      .from(deadLetters)
      .where(eq(deadLetters.state, 'open'))
      .groupBy(deadLetters.type)
      .orderBy(deadLetters.type),
    sermons: await readFacets(db),
  }
}

async function readFacets(db: Database): Promise<JobFigures['sermons']> {
  const rows = await db
    .select({
      media: sermons.mediaStatus,
      transcript: sermons.transcriptStatus,
      index: sermons.indexStatus,
      count: sql<number>`count(*)::int`,
    })
    .from(sermons)
    .where(isNull(sermons.trashedAt))
    .groupBy(sermons.mediaStatus, sermons.transcriptStatus, sermons.indexStatus)
  return (['media', 'transcript', 'index'] as const).flatMap((facet) => {
    const counts = new Map<string, number>()
    for (const row of rows) counts.set(row[facet], (counts.get(row[facet]) ?? 0) + row.count)
    return [...counts].map(([status, count]) => ({ facet, status, count }))
  })
}
