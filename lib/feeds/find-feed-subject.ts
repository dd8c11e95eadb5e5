import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { coverPath, coverVersion } from '#lib/artwork/artwork-address.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { formerSlugs, sermons } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { Feed, FeedScope } from '#lib/feeds/feed.ts'
import { churchCoverVersion, type FeedChurch } from '#lib/feeds/podcast-settings.ts'
import { type CollectionKind, collectionPath } from '#lib/sermons/collection-kind.ts'
import {
  collectionMembers,
  collectionNames,
  collectionTables,
  formerOwners,
  isInCollection,
} from '#lib/sermons/collections.ts'

/** What a feed is about. `conditions` choose its sermons. */
type FeedSubject = Pick<Feed, 'title' | 'description' | 'type'> & {
  id: string
  path: string
  coverPath: string
  conditions: SQL[]
}

/** What a feed is about. Throws `not_found` for a series, speaker or topic without a published sermon. */
export async function findFeedSubject(
  { db }: { db: Database },
  { church, scope }: { church: FeedChurch; scope: FeedScope },
): Promise<FeedSubject> {
  if (scope.kind === 'church') {
    return {
      id: church.id,
      title: church.name,
      description: church.podcast.description || church.about || `Sermons of ${church.name}`,
      path: '/',
      coverPath: coverPath('church', church.id, churchCoverVersion(church)),
      type: 'episodic',
      conditions: await onlyOwn(db, church.id),
    }
  }
  const { kind, slug } = scope
  const table = collectionTables[kind]
  const [row] = await db
    .select({
      id: table.id,
      slug: table.slug,
      name: collectionNames[kind],
      description: table.description,
    })
    .from(table)
    .where(and(eq(table.churchId, church.id), hasSlug(kind, slug), hasPublished(kind)))
  if (!row) throw new AppError('not_found', `There is no ${kind} at this address.`)
  return {
    id: row.id,
    title: `${row.name} · ${church.name}`,
    description: row.description || descriptions[kind](row.name, church.name),
    path: collectionPath(kind, row.slug),
    coverPath: coverPath(kind, row.id, coverVersion([row.name])),
    type: kind === 'series' ? 'serial' : 'episodic',
    conditions: [isInCollection(kind, row.id)],
  }
}

const descriptions = {
  series: (name: string, church: string) => `The series ${name} of ${church}`,
  speaker: (name: string, church: string) => `Sermons by ${name}, ${church}`,
  topic: (name: string, church: string) => `Sermons about ${name}, ${church}`,
}

/** Whether it has this address, or had it before it was renamed or merged: subscribed apps keep receiving it. */
function hasSlug(kind: CollectionKind, slug: string): SQL {
  const table = collectionTables[kind]
  return sql`(${table.slug} = ${slug} or exists (select from ${formerSlugs}
    where ${formerOwners[kind]} = ${table.id} and ${formerSlugs.slug} = ${slug}))`
}

/** Whether the speaker, series or topic of the query has a published sermon. */
export function hasPublished(kind: CollectionKind): SQL {
  return sql`exists (select from sermons s, ${collectionMembers[kind]} where members.sermon_id = s.id
    and members.collection_id = ${collectionTables[kind].id} and s.publication = 'published' and s.trashed_at is null)`
}

/** Leaves out the samples as soon as the church has published a sermon of its own. */
async function onlyOwn(db: Database, churchId: string): Promise<SQL[]> {
  const [own] = await db
    .select({ id: sermons.id })
    .from(sermons)
    .where(
      and(
        eq(sermons.churchId, churchId),
        eq(sermons.publication, 'published'),
        eq(sermons.mediaStatus, 'ready'),
        eq(sermons.isSample, false),
        isNull(sermons.trashedAt),
      ),
    )
    .limit(1)
  return own ? [eq(sermons.isSample, false)] : []
}
