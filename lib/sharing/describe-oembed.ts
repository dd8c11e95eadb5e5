import { create } from 'xmlbuilder2'
import { AppError } from '#lib/errors.ts'
import { readStartTime } from '#lib/listening/read-start-time.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { EMBED_HEIGHT_PX } from '#lib/sharing/render-embed.ts'
import { sermonAddresses } from '#lib/sharing/sermon-addresses.ts'
import { escapeHtml } from '#lib/text/escape-html.ts'

const WIDTH_PX = 640
const COVER_PX = 1400

/**
 * The slug and the start of the sermon that an address names. Throws `not_found` for an address of another site or of
 * another page. `origins` are the addresses of this installation.
 */
export function readSermonAddress(
  address: string,
  origins: readonly string[],
): { slug: string; startMs: number | null } {
  const url = URL.canParse(address) ? new URL(address) : null
  const [, slug] = /^\/(?:embed\/)?sermons\/([^/]+)\/?$/.exec(url?.pathname ?? '') ?? []
  if (!url || !slug || !origins.some((origin) => URL.canParse(origin) && new URL(origin).host === url.host)) {
    throw new AppError('not_found', 'This is not the address of a sermon here.')
  }
  return { slug: decodeURIComponent(slug), startMs: readStartTime(url.searchParams.get('t')) }
}

/** What a site needs to show a sermon in a frame, by the oEmbed specification. */
export function describeOembed(
  sermon: SermonView,
  {
    siteUrl,
    startMs,
    maxWidthPx,
  }: { siteUrl: string; startMs: number | null; maxWidthPx?: number | undefined },
): Record<string, string | number> {
  const { embed, cover } = sermonAddresses(sermon, siteUrl, startMs)
  const base = siteUrl.replace(/\/$/, '')
  const width = Math.min(WIDTH_PX, maxWidthPx ?? WIDTH_PX)
  return {
    version: '1.0',
    type: 'rich',
    title: sermon.title,
    ...(sermon.speaker
      ? { author_name: sermon.speaker.name, author_url: `${base}/speakers/${sermon.speaker.slug}` }
      : {}),
    provider_name: 'Selah',
    provider_url: `${base}/`,
    cache_age: 3600,
    thumbnail_url: cover,
    thumbnail_width: COVER_PX,
    thumbnail_height: COVER_PX,
    width,
    height: EMBED_HEIGHT_PX,
    html: `<iframe src="${escapeHtml(embed)}" title="${escapeHtml(sermon.title)}" width="${width}" height="${EMBED_HEIGHT_PX}" style="border:0;max-width:100%" loading="lazy"></iframe>`,
  }
}

/** The same as XML. */
export function renderOembedXml(description: Record<string, string | number>): string {
  const root = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' }).ele('oembed')
  for (const [name, value] of Object.entries(description)) root.ele(name).txt(String(value))
  return root.end({ prettyPrint: true })
}
