import { and, desc, eq, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Database } from '#lib/db/connect-database.ts'
import {
  type DeadLetterKind,
  type DeadLetterState,
  deadLetterStates,
  deadLetters,
  sermons,
} from '#lib/db/schema.ts'
import { bucketCounts, SPARKLINE_BUCKETS, sparklineBucket } from '#lib/runs/sparkline.ts'
import { cursorText, textKey } from '#lib/text/text-input.ts'

export type DeadLetterGroup = {
  fingerprint: string
  type: string
  reason: string
  advice: string
  /** The number of open dead letters. */
  count: number
  firstSeen: string
  lastSeen: string
  /** Dead letters created in each of 28 equal parts of the last seven days, oldest first, in any state. */
  sparkline: number[]
}

export type DeadLetterView = {
  id: string
  kind: DeadLetterKind
  subject: string
  type: string
  state: DeadLetterState
  fingerprint: string
  reason: string
  advice: string
  details: Record<string, unknown>
  sermon: { id: string; title: string; slug: string } | null
  eventId: string | null
  runId: string | null
  newEventId: string | null
  redriveId: string | null
  createdAt: string
  settledAt: string | null
}

export const deadLetterFilterSchema = z.object({
  fingerprint: textKey({ name: 'fingerprint', max: 64 }).optional(),
  state: z.enum(deadLetterStates).optional(),
  sermon: z.uuid().optional(),
  cursor: cursorText((cursor) => readCursor(cursor) !== null).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
})
export type DeadLetterFilter = z.infer<typeof deadLetterFilterSchema>

const MAX_GROUPS = 200

/** Open dead letters grouped by fingerprint, most recent failure first; at most 200 groups. */
export async function listDeadLetterGroups(
  { db, now }: { db: Database; now: () => Date },
  { churchId }: { churchId?: string } = {},
): Promise<DeadLetterGroup[]> {
  const inChurch = churchId ? eq(deadLetters.churchId, churchId) : undefined
  const groups = await db
    .select({
      fingerprint: deadLetters.fingerprint,
      type: sql<string>`min(${deadLetters.type})`,
      reason: sql<string>`(array_agg(${deadLetters.reason} order by ${deadLetters.createdAt} desc))[1]`,
      advice: sql<string>`(array_agg(${deadLetters.advice} order by ${deadLetters.createdAt} desc))[1]`,
      count: sql<number>`count(*)::int`,
      firstSeen: sql<Date>`min(${deadLetters.createdAt})`.mapWith(deadLetters.createdAt),
      lastSeen: sql<Date>`max(${deadLetters.createdAt})`.mapWith(deadLetters.createdAt),
    })
    .from(deadLetters)
    .where(and(eq(deadLetters.state, 'open'), inChurch))
    .groupBy(deadLetters.fingerprint)
    .orderBy(desc(sql`max(${deadLetters.createdAt})`))
    .limit(MAX_GROUPS)
  if (groups.length === 0) return []
  const { since, bucket } = sparklineBucket(sql`${deadLetters.createdAt}`, now())
  const created = await db
    .select({ key: deadLetters.fingerprint, bucket, count: sql<number>`count(*)::int` })
    .from(deadLetters)
    .where(
      and(
        inArray(
          deadLetters.fingerprint,
          groups.map(({ fingerprint }) => fingerprint),
        ),
        gte(deadLetters.createdAt, since),
        inChurch,
      ),
    )
    .groupBy(sql`1`, sql`2`)
  const sparklines = bucketCounts(created)
  return groups.map(({ firstSeen, lastSeen, ...group }) => ({
    ...group,
    firstSeen: firstSeen.toISOString(),
    lastSeen: lastSeen.toISOString(),
    sparkline: sparklines.get(group.fingerprint) ?? Array<number>(SPARKLINE_BUCKETS).fill(0),
  }))
}

/**
 * Dead letters newest first; open ones unless the filter names another state. `next` is the cursor of the next
 * page.
 */
export async function listDeadLetters(
  { db }: { db: Database },
  filter: DeadLetterFilter & { churchId?: string },
): Promise<{ deadLetters: DeadLetterView[]; next: string | null }> {
  const conditions: (SQL | undefined)[] = [
    eq(deadLetters.state, filter.state ?? 'open'),
    filter.fingerprint ? eq(deadLetters.fingerprint, filter.fingerprint) : undefined,
    filter.sermon ? eq(deadLetters.sermonId, filter.sermon) : undefined,
    filter.churchId ? eq(deadLetters.churchId, filter.churchId) : undefined,
    afterCursor(filter.cursor),
  ]
  const rows = await db
    .select({
      deadLetter: deadLetters,
      sermon: { id: sermons.id, title: sermons.title, slug: sermons.slug },
    })
    .from(deadLetters)
    .leftJoin(sermons, eq(sermons.id, deadLetters.sermonId))
    .where(and(...conditions))
    .orderBy(desc(deadLetters.createdAt), desc(deadLetters.id))
    .limit(filter.limit + 1)
  const page = rows.slice(0, filter.limit)
  const last = page.at(-1)?.deadLetter
  return {
    deadLetters: page.map(({ deadLetter, sermon }) => ({
      id: deadLetter.id,
      kind: deadLetter.kind,
      subject: deadLetter.subject,
      type: deadLetter.type,
      state: deadLetter.state,
      fingerprint: deadLetter.fingerprint,
      reason: deadLetter.reason,
      advice: deadLetter.advice,
      details: deadLetter.details,
      sermon,
      eventId: deadLetter.eventId,
      runId: deadLetter.runId,
      newEventId: deadLetter.newEventId,
      redriveId: deadLetter.redriveId,
      createdAt: deadLetter.createdAt.toISOString(),
      settledAt: deadLetter.settledAt?.toISOString() ?? null,
    })),
    next: rows.length > filter.limit && last ? `${last.createdAt.toISOString()}~${last.id}` : null,
  }
}

function afterCursor(cursor: string | undefined): SQL | undefined {
  const last = cursor === undefined ? null : readCursor(cursor)
  if (last === null) return undefined
  // The cursor has milliseconds and the column microseconds: compare at the cursor's precision.
  const created = sql`date_trunc('milliseconds', ${deadLetters.createdAt})`
  return or(lt(created, last.at), and(eq(created, last.at), lt(deadLetters.id, last.id)))
}

function readCursor(cursor: string): { at: Date; id: string } | null {
  const [at = '', id = '', ...more] = cursor.split('~')
  const isRead = z.iso.datetime().safeParse(at).success && z.uuid().safeParse(id).success && more.length === 0
  return isRead ? { at: new Date(at), id } : null
}
