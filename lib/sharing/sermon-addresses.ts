import { coverPath, coverVersion } from '#lib/artwork/artwork-address.ts'
import { sermonCoverWords } from '#lib/artwork/sermon-cover-words.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

type Shown = Pick<SermonView, 'id' | 'slug' | 'title' | 'scripture' | 'series'>

/** The public addresses of a sermon, absolute. `startMs` is kept where the sermon can begin at a moment. */
export function sermonAddresses(sermon: Shown, siteUrl: string, startMs: number | null = null) {
  const base = siteUrl.replace(/\/$/, '')
  const start = startMs === null ? '' : `?t=${startMs / 1000}`
  const page = `${base}/sermons/${sermon.slug}`
  const version = coverVersion(sermonCoverWords(sermon, sermon.series?.title ?? null))
  return {
    page,
    pageAt: `${page}${start}`,
    embed: `${base}/embed/sermons/${sermon.slug}${start}`,
    oembed: `${base}/oembed?${new URLSearchParams({ url: `${page}${start}` })}`,
    cover: `${base}${coverPath('sermon', sermon.id, version)}`,
    audio: `${base}/feeds/audio/${sermon.id}.m4a`,
    transcript: `${base}/feeds/transcripts/${sermon.id}.vtt`,
  }
}
