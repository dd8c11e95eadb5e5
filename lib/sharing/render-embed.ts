import type { Messages } from '#lib/messages/languages.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { sermonAddresses } from '#lib/sharing/sermon-addresses.ts'
import { escapeHtml } from '#lib/text/escape-html.ts'

export type EmbedTheme = 'light' | 'dark' | 'auto'

/** The height of the page, in CSS pixels, at any width from 280 on. */
export const EMBED_HEIGHT_PX = 172

const colours = {
  light: '--paper:#faf7f0;--ink:#2a211a;--soft:#6b5f54;--line:#e3dccf;--accent:#7d4c0c;color-scheme:light',
  dark: '--paper:#161210;--ink:#f1e9dc;--soft:#b0a496;--line:#372f28;--accent:#e0a95a;color-scheme:dark',
}

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

function renderFrame(
  { language, theme, title, head }: { language: string; theme: EmbedTheme; title: string; head: string },
  content: string,
): string {
  const themed =
    theme === 'auto'
      ? `:root{${colours.light}}@media (prefers-color-scheme:dark){:root{${colours.dark}}}`
      : `:root{${colours[theme]}}`
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
${head}
<style>
${themed}
*{box-sizing:border-box}
body{margin:0;background:var(--paper)}
main{padding:12px;display:grid;grid-template-columns:88px minmax(0,1fr);gap:10px 14px;background:var(--paper);color:var(--ink);font:15px/1.4 system-ui,sans-serif;border:1px solid var(--line);border-radius:10px}
img{width:88px;height:88px;border-radius:8px}
h1{margin:0;font:600 18px/1.25 Georgia,serif;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;overflow-wrap:anywhere}
p{margin:4px 0 0;color:var(--soft);font-size:13px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
a{color:inherit;text-decoration:none}
p a{color:var(--accent);text-decoration:underline}
a:hover{text-decoration:underline}
audio{grid-column:1/-1;width:100%;height:44px}
</style>
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`
}
