import { and, count, desc, eq, isNull, max, min, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import type { CollectionKind } from '#lib/sermons/collection-kind.ts'
import { collectionMembers, collectionNames, collectionTables } from '#lib/sermons/collections.ts'

const MAX_LISTED = 1000

/** What sermons are listed by: a speaker, a series, a topic or a year, with published sermons. */
export type SermonGroup = {
  slug: string
  name: string
  sermons: number
  /** The years of the first and the last sermon; null where no sermon has a day, and of a year itself. */
  years: { from: number; to: number } | null
}

const isPublic = and(eq(sermons.publication, 'published'), isNull(sermons.trashedAt))

/** Of series the latest preached come first, of speakers and topics those with the most sermons. */
const orders = {
  speaker: desc(count()),
  series: sql`max(${sermons.preachedOn}) desc nulls last`,
  topic: desc(count()),
}

/** The speakers, series or topics with a published sermon: all of them, or the first `limit`. */
export async function listGroups(
  { db }: { db: Database },
  { kind, limit = MAX_LISTED }: { kind: CollectionKind; limit?: number },
): Promise<SermonGroup[]> {
  const table = collectionTables[kind]
  const rows = await db
    .select({
      slug: table.slug,
      name: collectionNames[kind],
      sermons: count(),
      first: min(sermons.preachedOn),
      last: max(sermons.preachedOn),
    })
    .from(table)
    .innerJoin(collectionMembers[kind], sql`members.collection_id = ${table.id}`)
    .innerJoin(sermons, sql`${sermons.id} = members.sermon_id`)
    .where(isPublic)
    .groupBy(table.id)
    .orderBy(orders[kind], collectionNames[kind])
    .limit(limit)
  const yearOf = (day: string) => Number(day.slice(0, 4))
  return rows.map(({ first, last, ...group }) => ({
    ...group,
    years: first && last ? { from: yearOf(first), to: yearOf(last) } : null,
  }))
}

/** Whether the year of a sermon has a page: years have four figures. */
export const hasYearPage = sql`${sermons.preachedOn} >= '1000-01-01' and ${sermons.preachedOn} < '10000-01-01'`

const year = sql<string>`extract(year from ${sermons.preachedOn})::text`

/** Every year in which a published sermon was preached, the latest first. */
export async function listYears({ db }: { db: Database }): Promise<SermonGroup[]> {
  const rows = await db
    .select({ slug: year, name: year, sermons: count() })
    .from(sermons)
    .where(and(isPublic, hasYearPage))
    .groupBy(year)
    .orderBy(desc(year))
    .limit(MAX_LISTED)
  return rows.map((row) => ({ ...row, years: null }))
}

/** The speaker, series or topic at an address; null where it has no published sermon. */
export async function findGroup(
  { db }: { db: Database },
  { kind, slug }: { kind: CollectionKind; slug: string },
): Promise<{ id: string; name: string; description: string } | null> {
  const table = collectionTables[kind]
  const [found] = await db
    .select({ id: table.id, name: collectionNames[kind], description: table.description })
    .from(table)
    .innerJoin(collectionMembers[kind], sql`members.collection_id = ${table.id}`)
    .innerJoin(sermons, sql`${sermons.id} = members.sermon_id`)
    .where(and(eq(table.slug, slug), isPublic))
    .limit(1)
  return found ?? null
}

/** Whether the church has a topic with a published sermon. */
export async function hasTopics({ db }: { db: Database }): Promise<boolean> {
  const [found] = await db
    .select({ id: sermons.id })
    .from(sermons)
    .where(and(isPublic, sql`exists (select from sermon_topics st where st.sermon_id = ${sermons.id})`))
    .limit(1)
  return found !== undefined
}
