import { coverPath, coverVersion } from '#lib/artwork/artwork-address.ts'
import type { SeriesPlaylist } from '#lib/sharing/read-series-playlist.ts'

/** Where a list begins: with one of its sermons, and at a time in it. */
export type PlaylistStart = { sermonSlug: string | null; startMs: number | null }

/** The public addresses of a series, absolute. The embed begins at `start`. */
export function seriesAddresses(
  { id, slug, title }: Pick<SeriesPlaylist, 'id' | 'slug' | 'title'>,
  siteUrl: string,
  { sermonSlug, startMs }: PlaylistStart = { sermonSlug: null, startMs: null },
) {
  const base = siteUrl.replace(/\/$/, '')
  const path = `/series/${encodeURIComponent(slug)}`
  const query = new URLSearchParams({
    ...(sermonSlug === null ? {} : { sermon: sermonSlug }),
    ...(startMs === null ? {} : { t: String(startMs / 1000) }),
  }).toString()
  const start = query && `?${query}`
  const page = `${base}${path}`
  return {
    page,
    embed: `${base}/embed${path}${start}`,
    oembed: `${base}/oembed?${new URLSearchParams({ url: `${page}${start}` })}`,
    cover: `${base}${coverPath('series', id, coverVersion([title]))}`,
  }
}
