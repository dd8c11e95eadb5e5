import { create } from 'xmlbuilder2'
import { AppError } from '#lib/errors.ts'
import { readStartTime } from '#lib/listening/read-start-time.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { limitStart } from '#lib/sharing/limit-start.ts'
import type { SeriesPlaylist } from '#lib/sharing/read-series-playlist.ts'
import { EMBED_HEIGHT_PX } from '#lib/sharing/render-embed.ts'
import { firstOfPlaylist, SERIES_EMBED_HEIGHT_PX } from '#lib/sharing/render-series-embed.ts'
import { type PlaylistStart, seriesAddresses } from '#lib/sharing/series-addresses.ts'
import { sermonAddresses } from '#lib/sharing/sermon-addresses.ts'
import { isStorable } from '#lib/text/clean-text.ts'
import { escapeHtml } from '#lib/text/escape-html.ts'

const WIDTH_PX = 640
const SERMON_COVER_PX = 1400
const SERIES_COVER_PX = 3000

type Oembed = Record<string, string | number>

/** The largest frame, and the largest picture, that the other site has room for, in pixels. */
type Room = { maxWidthPx?: number | undefined; maxHeightPx?: number | undefined }

/** What an address names that other sites can show in a frame. */
type Embedded = PlaylistStart & { kind: 'sermons' | 'series'; slug: string }

/**
 * The sermon or series that an address names, and where it begins. Throws `not_found` for an address of another site or
 * of another page. `origins` are the addresses of this installation.
 */
export function readEmbeddedAddress(address: string, origins: readonly string[]): Embedded {
  const url = URL.canParse(address) ? new URL(address) : null
  const isOwn =
    (url?.protocol === 'https:' || url?.protocol === 'http:') &&
    origins.some((origin) => URL.canParse(origin) && new URL(origin).host === url.host)
  const [, kind, part = ''] = /^\/(?:embed\/)?(sermons|series)\/([^/]+)\/?$/.exec(url?.pathname ?? '') ?? []
  const slug = decodePart(part)
  if (!url || !isOwn || !slug) {
    throw new AppError('not_found', 'This is not the address of a sermon or series here.')
  }
  return {
    kind: kind === 'series' ? 'series' : 'sermons',
    slug,
    startMs: readStartTime(url.searchParams.get('t')),
    sermonSlug: url.searchParams.get('sermon'),
  }
}

/** A part of an address as text; empty where it is no text, or none that a database can hold. */
function decodePart(part: string): string {
  try {
    const text = decodeURIComponent(part)
    return isStorable(text) ? text : ''
  } catch (error) {
    if (error instanceof URIError) return ''
    throw error
  }
}

/** What a site needs to show a sermon in a frame, by the oEmbed specification. */
export function describeOembed(
  sermon: SermonView,
  { siteUrl, startMs, room }: { siteUrl: string; startMs: number | null; room: Room },
): Oembed {
  const { embed, cover } = sermonAddresses(sermon, siteUrl, limitStart(startMs, sermon.durationMs))
  const base = siteUrl.replace(/\/$/, '')
  return {
    ...(sermon.speaker
      ? { author_name: sermon.speaker.name, author_url: `${base}/speakers/${sermon.speaker.slug}` }
      : {}),
    ...describeFrame({
      ...{ title: sermon.title, embed, base, room, heightPx: EMBED_HEIGHT_PX },
      ...{ cover, coverPx: SERMON_COVER_PX },
    }),
  }
}

/** What a site needs to show a series in a frame. */
export function describeSeriesOembed(
  playlist: SeriesPlaylist,
  { siteUrl, start, room }: { siteUrl: string; start: PlaylistStart; room: Room },
): Oembed {
  const { embed, cover } = seriesAddresses(playlist, siteUrl, findStart(playlist, start))
  const base = siteUrl.replace(/\/$/, '')
  return describeFrame({
    ...{ title: playlist.title, embed, base, room, heightPx: SERIES_EMBED_HEIGHT_PX },
    ...{ cover, coverPx: SERIES_COVER_PX },
  })
}

/** Where a series begins: at the beginning where the address names a sermon that is not in it. */
function findStart({ sermons }: SeriesPlaylist, { sermonSlug, startMs }: PlaylistStart): PlaylistStart {
  const first = firstOfPlaylist(sermons, sermonSlug)
  if (sermonSlug !== null && first?.slug !== sermonSlug) return { sermonSlug: null, startMs: null }
  return { sermonSlug, startMs: limitStart(startMs, first?.durationMs ?? null) }
}

function describeFrame({
  title,
  embed,
  cover,
  coverPx,
  base,
  room: { maxWidthPx = Number.POSITIVE_INFINITY, maxHeightPx = Number.POSITIVE_INFINITY },
  heightPx,
}: {
  title: string
  embed: string
  cover: string
  coverPx: number
  base: string
  room: Room
  heightPx: number
}): Oembed {
  const width = Math.min(WIDTH_PX, maxWidthPx)
  const height = Math.min(heightPx, maxHeightPx)
  const hasRoom = coverPx <= maxWidthPx && coverPx <= maxHeightPx
  return {
    version: '1.0',
    type: 'rich',
    title,
    provider_name: 'Selah',
    provider_url: `${base}/`,
    cache_age: 3600,
    ...(hasRoom ? { thumbnail_url: cover, thumbnail_width: coverPx, thumbnail_height: coverPx } : {}),
    width,
    height,
    html: `<iframe src="${escapeHtml(embed)}" title="${escapeHtml(title)}" width="${width}" height="${height}" style="border:0;max-width:100%" loading="lazy"></iframe>`,
  }
}

/** The same as XML. */
export function renderOembedXml(description: Oembed): string {
  const root = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' }).ele('oembed')
  for (const [name, value] of Object.entries(description)) root.ele(name).txt(String(value))
  return root.end({ prettyPrint: true })
}
