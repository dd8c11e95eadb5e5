import { and, eq, gte, inArray, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { deadLetters, events, runs, sermons } from '#lib/db/schema.ts'

const HOUR_MS = 3_600_000
/** Runs that were asked for before this are looked at no more: their ends are rare and their number is not bounded. */
const WINDOW_MS = 24 * HOUR_MS
/** However busy the day was, no more than this many runs, the newest, are looked at. */
const MAX_RUNS = 200_000

export type JobFigures = {
  /** Runs asked for in the last 24 hours, by what became of them. */
  runs: { task: string; status: string; count: number }[]
  /** What ended in the last hour, for each task that ended any. Seconds from start to end of completed runs. */
  tasks: { task: string; finished: number; retries: number; p50Seconds: number; p95Seconds: number }[]
  queues: { queue: string; backlog: number; running: number; oldestAgeSeconds: number }[]
  /** All pending events, and those of the last 24 hours in each other state. */
  events: { state: string; count: number }[]
  oldestPendingEventAgeSeconds: number
  deadLetters: { type: string; count: number }[]
  sermons: { facet: string; status: string; count: number }[]
}

/** The state of all background work, by bounded queries over indexes: cheap enough to ask every few seconds. */
export async function readJobFigures({ db }: { db: Database }, { now }: { now: Date }): Promise<JobFigures> {
  const ageSeconds = (since: Date | null) =>
    since ? Math.max(0, (now.getTime() - since.getTime()) / 1000) : 0
  const counted = await readRuns(db, now)
  const queues = await readQueueFigures(db)
  const stored = await readEvents(db, now)
  return {
    ...counted,
    queues: queues.map(({ oldest, ...queue }) => ({ ...queue, oldestAgeSeconds: ageSeconds(oldest) })),
    events: stored.states,
    oldestPendingEventAgeSeconds: ageSeconds(stored.oldestPending),
    deadLetters: await db
      .select({ type: deadLetters.type, count: sql<number>`count(*)::int` })
      .from(deadLetters)
      .where(eq(deadLetters.state, 'open'))
      .groupBy(deadLetters.type)
      .orderBy(deadLetters.type),
    sermons: await readFacets(db),
  }
}

async function readRuns(db: Database, now: Date): Promise<Pick<JobFigures, 'runs' | 'tasks'>> {
  const recent = db.$with('recent').as(
    db
      .select({
        taskId: runs.taskId,
        status: runs.status,
        attempt: runs.attempt,
        startedAt: runs.startedAt,
        finishedAt: runs.finishedAt,
      })
      .from(runs)
      .where(gte(runs.createdAt, new Date(now.getTime() - WINDOW_MS)))
      .orderBy(sql`${runs.createdAt} desc`)
      .limit(MAX_RUNS),
  )
  const counts = await db
    .with(recent)
    .select({ task: recent.taskId, status: recent.status, count: sql<number>`count(*)::int` })
    .from(recent)
    .groupBy(recent.taskId, recent.status)
    .orderBy(recent.taskId, recent.status)
  const seconds = sql`date_part('epoch', ${recent.finishedAt} - ${recent.startedAt})`
  const percentile = (share: string) =>
    sql<number>`coalesce(percentile_cont(${sql.raw(share)}) within group (order by ${seconds}) filter (where ${recent.status} = 'completed'), 0)::float8`
  const tasks = await db
    .with(recent)
    .select({
      task: recent.taskId,
      finished: sql<number>`count(*)::int`,
      retries: sql<number>`coalesce(sum(greatest(${recent.attempt} - 1, 0)), 0)::int`,
      p50Seconds: percentile('0.5'),
      p95Seconds: percentile('0.95'),
    })
    .from(recent)
    .where(gte(recent.finishedAt, new Date(now.getTime() - HOUR_MS)))
    .groupBy(recent.taskId)
    .orderBy(recent.taskId)
  return { runs: counts, tasks }
}

function readQueueFigures(db: Database) {
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
    .where(inArray(runs.status, ['queued', 'running']))
    .groupBy(sql`1`)
    .orderBy(sql`1`)
}

async function readEvents(db: Database, now: Date) {
  const count = sql<number>`count(*)::int`
  const [pending] = await db
    .select({ count, oldest: sql<Date | null>`min(${events.createdAt})`.mapWith(events.createdAt) })
    .from(events)
    .where(eq(events.state, 'pending'))
  const settled = await db
    .select({ state: events.state, count })
    .from(events)
    .where(
      and(
        inArray(events.state, ['forwarded', 'dead', 'cancelled']),
        gte(events.createdAt, new Date(now.getTime() - WINDOW_MS)),
      ),
    )
    .groupBy(events.state)
    .orderBy(events.state)
  return {
    states: [{ state: 'pending', count: pending?.count ?? 0 }, ...settled],
    oldestPending: pending?.oldest ?? null,
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
    .groupBy(sermons.mediaStatus, sermons.transcriptStatus, sermons.indexStatus)
  return (['media', 'transcript', 'index'] as const).flatMap((facet) => {
    const counts = new Map<string, number>()
    for (const row of rows) counts.set(row[facet], (counts.get(row[facet]) ?? 0) + row.count)
    return [...counts].map(([status, count]) => ({ facet, status, count }))
  })
}
