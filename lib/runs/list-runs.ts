import { and, desc, eq, gte, ilike, inArray, lte, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { momentInput } from '#lib/dates/date-input.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { churches, runStatuses, runs, sermons } from '#lib/db/schema.ts'
import { runStatusGroups } from '#lib/jobs/run-statuses.ts'
import { cursorText, textKey } from '#lib/text/text-input.ts'

/** The time of the last run of a page, with the microseconds of its column, and its id. */
const cursorForm =
  /^((\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d(?:\.\d+)?)(?:Z|[+-](?:0\d|1[0-4])(?::?[0-5]\d)?))~([\w-]+)$/

function readCursor(cursor: string): { at: string; id: string } | null {
  const [, at, day, time, id] = cursorForm.exec(cursor) ?? []
  if (at === undefined || id === undefined) return null
  return momentInput.safeParse(`${day}T${time}Z`).success ? { at, id } : null
}

/** The filters of the runs page. They are part of the URL, so all are texts. */
export const runFilterSchema = z.object({
  status: z.enum([...runStatuses, 'live', 'bad']).optional(),
  task: textKey({ name: 'task', max: 100 }).optional(),
  sermon: z.uuid().optional(),
  /** Text in the title of the sermon. */
  title: textKey({ name: 'title', max: 200 }).optional(),
  error: textKey({ name: 'error', max: 200 }).optional(),
  /** One error group. */
  fingerprint: textKey({ name: 'fingerprint', max: 64 }).optional(),
  since: momentInput.optional(),
  until: momentInput.optional(),
  cursor: cursorText((cursor) => readCursor(cursor) !== null).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})

export type RunFilter = z.infer<typeof runFilterSchema>

export type RunRow = {
  id: string
  taskId: string
  status: (typeof runStatuses)[number]
  attempt: number
  sermon: { id: string; title: string; slug: string } | null
  church: { id: string; name: string } | null
  parentRunId: string | null
  errorMessage: string | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
}

/** Runs newest first. With `churchId` only that church's. `next` is the cursor of the next page. */
export async function listRuns(
  { db }: { db: Database },
  filter: RunFilter & { churchId?: string },
): Promise<{ runs: RunRow[]; next: string | null }> {
  const conditions = runConditions(filter)
  conditions.push(afterCursor(filter.cursor))
  const rows = await db
    .select({
      id: runs.id,
      taskId: runs.taskId,
      status: runs.status,
      attempt: runs.attempt,
      parentRunId: runs.parentRunId,
      errorMessage: sql<string | null>`${runs.error} ->> 'message'`,
      createdAt: runs.createdAt,
      createdExact: sql<string>`${runs.createdAt}::text`,
      startedAt: runs.startedAt,
      finishedAt: runs.finishedAt,
      sermonId: sermons.id,
      sermonTitle: sermons.title,
      sermonSlug: sermons.slug,
      churchId: churches.id,
      churchName: churches.name,
    })
    .from(runs)
    .leftJoin(sermons, eq(sermons.id, runs.sermonId))
    .leftJoin(churches, eq(churches.id, runs.churchId))
    .where(and(...conditions))
    .orderBy(desc(runs.createdAt), desc(runs.id))
    .limit(filter.limit + 1)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)
  return {
    runs: page.map((row) => ({
      id: row.id,
      taskId: row.taskId,
      status: row.status,
      attempt: row.attempt,
      parentRunId: row.parentRunId,
      errorMessage: row.errorMessage,
      sermon:
        row.sermonId && row.sermonTitle && row.sermonSlug
          ? { id: row.sermonId, title: row.sermonTitle, slug: row.sermonSlug }
          : null,
      church: row.churchId && row.churchName ? { id: row.churchId, name: row.churchName } : null,
      createdAt: row.createdAt.toISOString(),
      startedAt: row.startedAt?.toISOString() ?? null,
      finishedAt: row.finishedAt?.toISOString() ?? null,
    })),
    next: rows.length > filter.limit && last ? `${last.createdExact}~${last.id}` : null,
  }
}

/** Runs after the last one of the previous page. */
function afterCursor(cursor: string | undefined): SQL | undefined {
  const last = cursor === undefined ? null : readCursor(cursor)
  return last ? sql`(${runs.createdAt}, ${runs.id}) < (${last.at}::timestamptz, ${last.id})` : undefined
}

/** The SQL conditions of a filter, without its cursor and limit. */
export function runConditions(
  filter: Omit<RunFilter, 'cursor' | 'limit'> & { churchId?: string },
): (SQL | undefined)[] {
  return [
    filter.churchId ? eq(runs.churchId, filter.churchId) : undefined,
    statusCondition(filter.status),
    filter.task ? eq(runs.taskId, filter.task) : undefined,
    filter.sermon ? eq(runs.sermonId, filter.sermon) : undefined,
    filter.since ? gte(runs.createdAt, new Date(filter.since)) : undefined,
    filter.until ? lte(runs.createdAt, new Date(filter.until)) : undefined,
    filter.title
      ? inArray(
          runs.sermonId,
          sql`(select ${sermons.id} from ${sermons} where ${and(
            filter.churchId ? eq(sermons.churchId, filter.churchId) : undefined,
            ilike(sermons.title, containing(filter.title)),
          )})`,
        )
      : undefined,
    filter.error ? ilike(runs.errorText, containing(filter.error)) : undefined,
    filter.fingerprint ? eq(runs.errorFingerprint, filter.fingerprint) : undefined,
  ]
}

function statusCondition(status: RunFilter['status']): SQL | undefined {
  if (status === undefined) return undefined
  if (status === 'live' || status === 'bad') return inArray(runs.status, [...runStatusGroups[status]])
  return eq(runs.status, status)
}

const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`
