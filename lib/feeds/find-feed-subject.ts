import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { coverPath, coverVersion } from '#lib/artwork/artwork-address.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { formerSlugs, series, sermons, speakers } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { Feed, FeedScope } from '#lib/feeds/feed.ts'
import { churchCoverVersion, type FeedChurch } from '#lib/feeds/podcast-settings.ts'

/** What a feed is about. `conditions` choose its sermons. */
type FeedSubject = Pick<Feed, 'title' | 'description' | 'type'> & {
  id: string
  path: string
  coverPath: string
  conditions: SQL[]
}

/** What a feed is about. Throws `not_found` for a series or speaker without a published sermon. */
export async function findFeedSubject(
  { db }: { db: Database },
  { church, scope }: { church: FeedChurch; scope: FeedScope },
): Promise<FeedSubject> {
  if (scope.kind === 'church') {
    return {
      id: church.id,
      title: church.name,
      description: church.podcast.description || `Sermons of ${church.name}`,
      path: '/',
      coverPath: coverPath('church', church.id, churchCoverVersion(church)),
      type: 'episodic',
      conditions: await onlyOwn(db, church.id),
    }
  }
  if (scope.kind === 'series') {
    const [row] = await db
      .select()
      .from(series)
      .where(
        and(
          eq(series.churchId, church.id),
          hasSlug('series', series, scope.slug),
          hasPublished(series.id, 'series_id'),
        ),
      )
    if (!row) throw new AppError('not_found', 'There is no series at this address.')
    return {
      id: row.id,
      title: `${row.title} · ${church.name}`,
      description: row.description || `The series ${row.title} of ${church.name}`,
      path: `/series/${row.slug}`,
      coverPath: coverPath('series', row.id, coverVersion([row.title])),
      type: 'serial',
      conditions: [eq(sermons.seriesId, row.id)],
    }
  }
  const [row] = await db
    .select()
    .from(speakers)
    .where(
      and(
        eq(speakers.churchId, church.id),
        hasSlug('speaker', speakers, scope.slug),
        hasPublished(speakers.id, 'speaker_id'),
      ),
    )
  if (!row) throw new AppError('not_found', 'There is no speaker at this address.')
  return {
    id: row.id,
    title: `${row.name} · ${church.name}`,
    description: `Sermons by ${row.name}, ${church.name}`,
    path: `/speakers/${row.slug}`,
    coverPath: coverPath('speaker', row.id, coverVersion([row.name])),
    type: 'episodic',
    conditions: [eq(sermons.speakerId, row.id)],
  }
}

/** Whether it has this address, or had it before it was renamed or merged: subscribed apps keep receiving it. */
function hasSlug(kind: 'series' | 'speaker', table: typeof series | typeof speakers, slug: string): SQL {
  const owner = kind === 'series' ? formerSlugs.seriesId : formerSlugs.speakerId
  return sql`(${table.slug} = ${slug} or exists (select from ${formerSlugs}
    where ${owner} = ${table.id} and ${formerSlugs.slug} = ${slug}))`
}

/** Whether a series or speaker has a published sermon. */
export function hasPublished(
  id: typeof series.id | typeof speakers.id,
  column: 'series_id' | 'speaker_id',
): SQL {
  return sql`exists (select from sermons s where s.${sql.raw(column)} = ${id}
    and s.publication = 'published' and s.trashed_at is null)`
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
