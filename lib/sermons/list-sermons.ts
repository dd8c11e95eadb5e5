import {
  and,
  asc,
  count,
  desc,
  eq,
  ilike,
  inArray,
  isNotNull,
  isNull,
  lt,
  or,
  type SQL,
  sql,
  sum,
} from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { series, sermons, speakers } from '#lib/db/schema.ts'
import { filterConditions, type SermonFilter } from '#lib/sermons/filter-sermons.ts'
import { decodeCursor, encodeCursor, type ListOrder } from '#lib/sermons/page-cursor.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { newestPosition, oldestPosition } from '#lib/sermons/sermon-order.ts'
import { selectSermons, toSermonView } from '#lib/sermons/to-sermon-view.ts'

export type SermonPage = { sermons: SermonView[]; next: string | null }

/** An order, and the query of the position of a sermon in it. */
type Listing = { order: ListOrder; position: SQL<string> }

const newestListing: Listing = { order: 'newest', position: newestPosition }
const isPublic = sql`(${sermons.publication} = 'published' and ${sermons.trashedAt} is null)`

/** Published sermons, newest first. `limit` is 1 to 100; `next` is the cursor of the following page. */
export async function listPublishedSermons(
  { db }: { db: Database },
  filter: SermonFilter & { limit: number; cursor?: string | undefined },
): Promise<SermonPage> {
  return readPage(db, [isPublic, ...filterConditions(filter)], newestListing, filter)
}

/** The published sermons among those with the given slugs, in the order of the slugs. */
export async function listSermonsBySlug(
  { db }: { db: Database },
  { slugs }: { slugs: readonly string[] },
): Promise<SermonView[]> {
  if (slugs.length === 0) return []
  const rows = await selectSermons(db).where(and(inArray(sermons.slug, [...slugs]), isPublic))
  const bySlug = new Map(rows.map((row) => [row.sermon.slug, toSermonView(row)]))
  return [...new Set(slugs)].flatMap((slug) => bySlug.get(slug) ?? [])
}

/** The published sermons of a filter that can be played, oldest first, at most `limit` of them. */
export async function listPlayableSermons(
  { db }: { db: Database },
  filter: SermonFilter & { limit: number },
): Promise<SermonView[]> {
  const rows = await selectSermons(db)
    .where(and(isPublic, eq(sermons.mediaStatus, 'ready'), ...filterConditions(filter)))
    .orderBy(asc(oldestPosition), asc(sermons.id))
    .limit(filter.limit)
  return rows.map(toSermonView)
}

/** How many published sermons match a filter, how many of them can be played, and how long they are together. */
export async function measurePublishedSermons(
  { db }: { db: Database },
  filter: SermonFilter,
): Promise<{ sermons: number; playable: number; lengthMs: number }> {
  const [row] = await db
    .select({
      sermons: count(),
      playable: sql`count(*) filter (where ${sermons.mediaStatus} = 'ready')`.mapWith(Number),
      lengthMs: sum(sermons.durationMs),
    })
    .from(sermons)
    .leftJoin(speakers, eq(speakers.id, sermons.speakerId))
    .leftJoin(series, eq(series.id, sermons.seriesId))
    .where(and(isPublic, ...filterConditions(filter)))
  return { sermons: row?.sermons ?? 0, playable: row?.playable ?? 0, lengthMs: Number(row?.lengthMs ?? 0) }
}

/** How many published sermons match a filter. */
export async function countPublishedSermons(
  services: { db: Database },
  filter: SermonFilter,
): Promise<number> {
  return (await measurePublishedSermons(services, filter)).sermons
}

/**
 * All sermons of a church but those in the trash, or the published ones only, newest upload first. `text` filters by
 * title, speaker and series.
 */
export async function listChurchSermons(
  { db }: { db: Database },
  filter: {
    churchId: string
    limit: number
    cursor?: string | undefined
    text?: string | undefined
    publishedOnly?: boolean | undefined
  },
): Promise<SermonPage> {
  const conditions: SQL[] = [eq(sermons.churchId, filter.churchId), isNull(sermons.trashedAt)]
  if (filter.publishedOnly) conditions.push(eq(sermons.publication, 'published'))
  if (filter.text) {
    const pattern = `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`
    const match = or(
      ilike(sermons.title, pattern),
      ilike(speakers.name, pattern),
      ilike(series.title, pattern),
    )
    if (match) conditions.push(match)
  }
  return readPage(
    db,
    conditions,
    { order: 'time', position: sql<string>`${sermons.createdAt}::text` },
    filter,
  )
}

/** The sermons in the trash of a church, most recently removed first. */
export async function listTrashedSermons(
  { db }: { db: Database },
  filter: { churchId: string; limit: number; cursor?: string | undefined },
): Promise<SermonPage> {
  const conditions = [eq(sermons.churchId, filter.churchId), isNotNull(sermons.trashedAt)]
  return readPage(
    db,
    conditions,
    { order: 'time', position: sql<string>`${sermons.trashedAt}::text` },
    filter,
  )
}

async function readPage(
  db: Database,
  conditions: SQL[],
  { order, position }: Listing,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<SermonPage> {
  if (cursor) {
    const [after, id] = decodeCursor(order, cursor)
    const older = or(sql`${position} < ${after}`, and(sql`${position} = ${after}`, lt(sermons.id, id)))
    if (older) conditions.push(older)
  }
  const rows = await selectSermons(db)
    .where(and(...conditions))
    .orderBy(desc(position), desc(sermons.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  let next: string | null = null
  if (rows.length > limit && last) {
    const [at] = await db.select({ position }).from(sermons).where(eq(sermons.id, last.sermon.id))
    next = at ? encodeCursor(at.position, last.sermon.id) : null
  }
  return { sermons: page.map(toSermonView), next }
}
