import { and, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import { hasShownChapters } from '#lib/chapters/read-chapters.ts'
import type { Database } from '#lib/db/connect-database.ts'
import { mediaAssets, series, sermons, speakers } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import type { Feed, FeedScope } from '#lib/feeds/feed.ts'
import { feedGuid } from '#lib/feeds/feed-guid.ts'
import { feedPath } from '#lib/feeds/feed-path.ts'
import { findFeedSubject } from '#lib/feeds/find-feed-subject.ts'
import { findOldestMoment, firstPublishedIso } from '#lib/feeds/find-oldest-moment.ts'
import { numberEpisodes } from '#lib/feeds/number-episodes.ts'
import { findFeedChurch } from '#lib/feeds/podcast-settings.ts'
import { toFeedItem } from '#lib/feeds/to-feed-item.ts'
import { filterConditions, type SermonFilter, writeFilterQuery } from '#lib/sermons/filter-sermons.ts'
import { decodeCursor, encodeCursor } from '#lib/sermons/page-cursor.ts'
import { newestPosition } from '#lib/sermons/sermon-order.ts'

/** Most apps read the first page only, so it holds several years of Sundays. */
const PAGE_SIZE = 300

/** Recordings that were prepared before there were podcast files have the .m4a alone. */
const hasPodcastFile = sql`exists (select 1 from media_assets file where file.sermon_id = ${sermons.id}
  and file.revision = ${sermons.mediaRevision} and file.kind = 'podcast')`

/**
 * A page of a feed: published sermons that can be played, outside the trash. Samples are in the church's own feed only
 * while it has published nothing else. Throws `not_found` when there is no such series or speaker with a published
 * sermon, and `bad_request` when `after` is not the cursor of a page.
 */
export async function readFeed(
  { db, env }: { db: Database; env: { SITE_URL: string; SELAH_WEBSUB_HUB?: string | undefined } },
  { scope, filter, after }: { scope: FeedScope; filter: SermonFilter; after?: string | undefined },
): Promise<Feed> {
  const church = await findFeedChurch({ db })
  if (!church) throw new AppError('not_found', 'There is no church here yet.')
  const subject = await findFeedSubject({ db }, { church, scope })
  const conditions = [
    eq(sermons.churchId, church.id),
    eq(sermons.publication, 'published'),
    eq(sermons.mediaStatus, 'ready'),
    isNull(sermons.trashedAt),
    ...subject.conditions,
    ...filterConditions(filter),
  ]
  const ofPage = [...conditions]
  if (after) {
    const [before, id] = decodeCursor('newest', after)
    const older = or(
      sql`${newestPosition} < ${before}`,
      and(sql`${newestPosition} = ${before}`, lt(sermons.id, id)),
    )
    if (older) ofPage.push(older)
  }
  const rows = await db
    .select({
      ...{ sermon: sermons, speaker: speakers, series },
      sizeBytes: mediaAssets.sizeBytes,
      contentType: mediaAssets.contentType,
      hasChapters: hasShownChapters,
      at: newestPosition,
      firstPublished: firstPublishedIso,
    })
    .from(sermons)
    .innerJoin(
      mediaAssets,
      and(
        eq(mediaAssets.sermonId, sermons.id),
        eq(mediaAssets.revision, sermons.mediaRevision),
        eq(mediaAssets.kind, sql`case when ${hasPodcastFile} then 'podcast' else 'download' end`),
      ),
    )
    .leftJoin(speakers, eq(speakers.id, sermons.speakerId))
    .leftJoin(series, eq(series.id, sermons.seriesId))
    .where(and(...ofPage))
    .orderBy(desc(newestPosition), desc(sermons.id))
    .limit(PAGE_SIZE + 1)

  const base = env.SITE_URL.replace(/\/$/, '')
  const query = writeFilterQuery(filter)
  const address = (cursor?: string) => {
    const parts = [query, cursor && `after=${encodeURIComponent(cursor)}`].filter(Boolean).join('&')
    return `${base}${feedPath(scope)}${parts ? `?${parts}` : ''}`
  }
  const episodes = await numberEpisodes({ db }, { churchId: church.id })
  const page = rows.slice(0, PAGE_SIZE)
  const oldest = page.some(({ sermon }) => sermon.preachedOn === null)
    ? await findOldestMoment({ db }, { conditions, timeZone: church.timeZone })
    : null
  const last = page.at(-1)
  const facts = [filter.book?.name, filter.year, filter.text && `“${filter.text}”`].filter(Boolean)
  const { podcast } = church
  return {
    guid: feedGuid([subject.id, query].filter(Boolean).join('?')),
    title: [subject.title, ...facts].join(' · '),
    description: subject.description,
    pageUrl: `${base}${subject.path}`,
    selfUrl: address(after),
    firstUrl: address(),
    nextUrl: rows.length > PAGE_SIZE && last ? address(encodeCursor(last.at, last.sermon.id)) : null,
    hubUrl: env.SELAH_WEBSUB_HUB ?? null,
    language: podcast.language,
    timeZone: church.timeZone,
    author: podcast.author || church.name,
    ownerEmail: podcast.ownerEmail,
    category: podcast.category,
    isExplicit: podcast.isExplicit,
    isLocked: podcast.isLocked,
    appleCode: podcast.appleCode,
    type: subject.type,
    artworkUrl: `${base}${subject.coverPath}`,
    changedAt: [church.changedAt, ...page.map(({ sermon }) => sermon.updatedAt.toISOString())]
      .filter((at) => at !== null)
      .reduce<string | null>((latest, at) => (latest === null || at > latest ? at : latest), null),
    items: page.map((row) => toFeedItem(row, { base, church, oldest, episodes })),
  }
}
