import type { Messages } from '#lib/messages/languages.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { type EmbedTheme, renderFrame } from '#lib/sharing/render-frame.ts'
import { sermonAddresses } from '#lib/sharing/sermon-addresses.ts'
import { escapeHtml } from '#lib/text/escape-html.ts'

/** The height of the page, in CSS pixels, at any width from 280 on. */
export const EMBED_HEIGHT_PX = 172

/**
 * The page that other sites show in a frame: cover, title, and the browser's own player. It has no script, so it works
 * under every policy of the site around it. `startMs` is where it begins.
 */
export function renderEmbed(
  sermon: SermonView,
  {
    siteUrl,
    theme,
    startMs,
    language,
    words,
  }: {
    siteUrl: string
    theme: EmbedTheme
    startMs: number | null
    language: string
    words: Messages['embed']
  },
): string {
  const { pageAt, cover, audio } = sermonAddresses(sermon, siteUrl, startMs)
  const paths = { cover: new URL(cover).pathname, audio: new URL(audio).pathname }
  const facts = [sermon.speaker?.name, sermon.series?.title, sermon.scripture].filter(Boolean).join(' · ')
  const canPlay = sermon.facets.media.status === 'ready'
  const fragment = startMs === null ? '' : `#t=${startMs / 1000}`
  return renderFrame(
    { language, theme, title: sermon.title, head: `<link rel="canonical" href="${escapeHtml(pageAt)}">` },
    `<img src="${escapeHtml(paths.cover)}" alt="" width="88" height="88">
<div>
<h1 lang="${escapeHtml(sermon.language)}" dir="auto"><a href="${escapeHtml(pageAt)}" target="_blank" rel="noopener">${escapeHtml(sermon.title)}</a></h1>
<p dir="auto">${escapeHtml(facts)}</p>
<p><a href="${escapeHtml(pageAt)}" target="_blank" rel="noopener">${escapeHtml(words.readAlong)}</a></p>
</div>
${
  canPlay
    ? `<audio controls preload="none" src="${escapeHtml(paths.audio)}${fragment}" aria-label="${escapeHtml(sermon.title)}"></audio>`
    : `<p style="grid-column:1/-1">${escapeHtml(words.notPlayable)}</p>`
}`,
  )
}

/** The page in the frame when it cannot show its sermon, for the status of the answer. */
export function renderEmbedFailure({
  status,
  siteUrl,
  language,
  messages: { common, embed, errors },
}: {
  status: number
  siteUrl: string
  language: string
  messages: Messages
}): string {
  const { title, text } =
    status === 404
      ? { title: errors.notFoundTitle, text: errors.notFoundText }
      : status === 400
        ? { title: errors.badAddressTitle, text: embed.badAddress }
        : { title: errors.pageFailed, text: embed.tryLater }
  return renderFrame(
    { language, theme: 'auto', title, head: '' },
    `<div style="grid-column:1/-1">
<h1>${escapeHtml(title)}</h1>
<p style="white-space:normal">${escapeHtml(text)}</p>
<p><a href="${escapeHtml(siteUrl)}" target="_blank" rel="noopener">${escapeHtml(common.goToSermons)}</a></p>
</div>`,
  )
}
