import { coverPath, coverVersion } from '#lib/artwork/artwork-address.ts'
import { sermonCoverWords } from '#lib/artwork/sermon-cover-words.ts'
import type { series, sermons, speakers } from '#lib/db/schema.ts'
import type { FeedItem } from '#lib/feeds/feed.ts'
import { episodeMoment } from '#lib/feeds/feed-date.ts'
import type { FeedChurch } from '#lib/feeds/podcast-settings.ts'

type Row = {
  sermon: typeof sermons.$inferSelect
  speaker: typeof speakers.$inferSelect | null
  series: typeof series.$inferSelect | null
  sizeBytes: number
  contentType: string
  hasChapters: boolean
  firstPublished: string
}

/** A published sermon with a recording as an episode. `base` is the address of this installation. */
export function toFeedItem(
  { sermon, speaker, series, sizeBytes, contentType, hasChapters, firstPublished }: Row,
  {
    base,
    church,
    oldest,
    episodes,
  }: {
    base: string
    church: FeedChurch
    /** The date of the oldest episode that has a day. */
    oldest: string | null
    /** The number of each sermon within its series. */
    episodes: Map<string, number>
  },
): FeedItem {
  const version = coverVersion(sermonCoverWords(sermon, series?.title ?? null))
  return {
    guid: `urn:uuid:${sermon.id}`,
    title: sermon.title,
    description: sermon.description,
    scripture: sermon.scripture,
    pageUrl: `${base}/sermons/${sermon.slug}`,
    publishedAt: episodeMoment(
      { preachedOn: sermon.preachedOn, publishedAt: firstPublished },
      { timeZone: church.timeZone, oldest },
    ),
    author: speaker?.name ?? (church.podcast.author || church.name),
    speaker: speaker && { name: speaker.name, url: `${base}/speakers/${speaker.slug}` },
    season: series && { number: series.season, name: series.title },
    episode: episodes.get(sermon.id) ?? null,
    durationMs: sermon.durationMs ?? 0,
    enclosure: {
      url: `${base}/feeds/audio/${sermon.id}.${contentType === 'audio/mpeg' ? 'mp3' : 'm4a'}`,
      sizeBytes,
      contentType,
    },
    artworkUrl: `${base}${coverPath('sermon', sermon.id, version)}`,
    language: sermon.language,
    chaptersUrl: hasChapters ? `${base}/feeds/chapters/${sermon.id}.json` : null,
    transcripts:
      sermon.transcriptStatus === 'ready'
        ? [
            { url: `${base}/feeds/transcripts/${sermon.id}.vtt`, contentType: 'text/vtt' },
            { url: `${base}/feeds/transcripts/${sermon.id}.srt`, contentType: 'application/x-subrip' },
          ]
        : [],
  }
}
