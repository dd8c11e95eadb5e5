import { and, eq, isNull, max, sql } from 'drizzle-orm'
import type { Database } from '#lib/db/connect-database.ts'
import { sermons } from '#lib/db/schema.ts'
import { type CollectionKind, collectionFolders } from '#lib/sermons/collection-kind.ts'
import { collectionMembers, collectionTables } from '#lib/sermons/collections.ts'
import { hasYearPage } from '#lib/sermons/list-collections.ts'

/** The most addresses that a sitemap may name. */
const MAX_PAGES = 50_000

type PublicPage = { path: string; changedAt: string | null }
type Row = { slug: string; at: Date | null }

const isPublic = and(eq(sermons.publication, 'published'), isNull(sermons.trashedAt))
const year = sql<string>`extract(year from ${sermons.preachedOn})::text`

/**
 * Every page that search engines may find: sermons, series, speakers, topics and years, with the time of the last
 * change.
 */
export async function listPublicPages({ db }: { db: Database }): Promise<PublicPage[]> {
  const [sermonRows, series, speakers, topics, years] = await Promise.all([
    db
      .select({ slug: sermons.slug, at: sermons.updatedAt })
      .from(sermons)
      .where(isPublic)
      .orderBy(sermons.createdAt, sermons.slug)
      .limit(MAX_PAGES),
    listCollectionPages(db, 'series'),
    listCollectionPages(db, 'speaker'),
    listCollectionPages(db, 'topic'),
    db
      .select({ slug: year, at: max(sermons.updatedAt) })
      .from(sermons)
      .where(and(isPublic, hasYearPage))
      .groupBy(year)
      .orderBy(year),
  ])
  const newest = sermonRows.reduce<string | null>((latest, { at }) => {
    const iso = at.toISOString()
    return latest === null || iso > latest ? iso : latest
  }, null)
  const lists = ['/', '/sermons', '/series', '/speakers', ...(topics.length > 0 ? ['/topics'] : []), '/bible']
  const fixed = [...lists, ...(years.length > 0 ? ['/years'] : [])].map((path) => ({
    path,
    changedAt: newest,
  }))
  return [
    ...fixed,
    ...series,
    ...speakers,
    ...topics,
    ...toPages('years', years),
    ...toPages('sermons', sermonRows),
  ].slice(0, MAX_PAGES)
}

async function listCollectionPages(db: Database, kind: CollectionKind): Promise<PublicPage[]> {
  const table = collectionTables[kind]
  const rows = await db
    .select({ slug: table.slug, at: max(sermons.updatedAt) })
    .from(table)
    .innerJoin(collectionMembers[kind], sql`members.collection_id = ${table.id}`)
    .innerJoin(sermons, sql`${sermons.id} = members.sermon_id`)
    .where(isPublic)
    .groupBy(table.slug)
    .orderBy(table.slug)
  return toPages(collectionFolders[kind], rows)
}

const toPages = (folder: string, rows: readonly Row[]): PublicPage[] =>
  rows.map(({ slug, at }) => ({
    path: `/${folder}/${encodeURIComponent(slug)}`,
    changedAt: at?.toISOString() ?? null,
  }))
