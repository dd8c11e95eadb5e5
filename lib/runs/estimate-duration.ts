import { and, desc, eq, isNotNull, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { runSteps, runs, sermons } from '#lib/db/schema.ts'
import type { TaskId } from '#lib/jobs/catalog.ts'

const HISTORY = 40
const FEWEST = 3

export type DurationRange = { lowMs: number; highMs: number }

/**
 * A likely range for the duration of some work: the 25th to 75th percentile of earlier durations (each
 * `[workMs, recordingMs]`), scaled to the length of this recording. Null with fewer than three of them.
 */
export function rangeFromHistory(
  history: readonly (readonly [workMs: number, recordingMs: number])[],
  recordingMs: number,
): DurationRange | null {
  const rates = history.filter(([, length]) => length > 0).map(([work, length]) => work / length)
  if (rates.length < FEWEST) return null
  const sorted = rates.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.round((sorted.length - 1) * share)] ?? 0
  return { lowMs: at(0.25) * recordingMs, highMs: at(0.75) * recordingMs }
}

/**
 * How long a task is likely to take for a recording of the given length, based on earlier runs of this
 * installation.
 */
export async function estimateDuration(
  { db }: { db: Database },
  { taskId, recordingMs }: { taskId: TaskId; recordingMs: number },
): Promise<DurationRange | null> {
  const rows = await db
    .select({
      workMs: sql<number>`(extract(epoch from ${runs.finishedAt} - ${runs.startedAt}) * 1000)::float8`,
      recordingMs: sermons.durationMs,
    })
    .from(runs)
    .innerJoin(sermons, eq(sermons.id, runs.sermonId))
    .where(
      and(
        eq(runs.taskId, taskId),
        eq(runs.status, 'completed'),
        isNotNull(runs.startedAt),
        isNotNull(runs.finishedAt),
        isNotNull(sermons.durationMs),
        // Runs that skipped every step, could not begin or were postponed are not comparable.
        sql`exists (select 1 from ${runSteps} where ${runSteps.runId} = ${runs.id})`,
        sql`coalesce(${runs.output} ->> 'postponed', 'false') = 'false'`,
      ),
    )
    .orderBy(desc(runs.createdAt))
    .limit(HISTORY)
  return rangeFromHistory(
    rows.map((row) => [row.workMs, row.recordingMs ?? 0] as const),
    recordingMs,
  )
}
