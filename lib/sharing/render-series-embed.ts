import type { Messages } from '#lib/messages/languages.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import type { SeriesPlaylist } from '#lib/sharing/read-series-playlist.ts'
import { type EmbedTheme, renderFrame } from '#lib/sharing/render-frame.ts'
import { type PlaylistStart, seriesAddresses } from '#lib/sharing/series-addresses.ts'
import { seriesEmbedScript } from '#lib/sharing/series-embed-script.ts'
import { sermonAddresses } from '#lib/sharing/sermon-addresses.ts'
import { escapeHtml } from '#lib/text/escape-html.ts'

/** The height that other sites are offered, in CSS pixels. A lower frame scrolls as a whole, with the player at its top. */
export const SERIES_EMBED_HEIGHT_PX = 380

const style = `main{height:100vh;grid-template-rows:auto auto minmax(0,1fr)}
ol{grid-column:1/-1;margin:0 -12px -12px;padding:0 12px 4px;list-style:none;overflow:auto;border-top:1px solid var(--line)}
li{display:flex;align-items:center;gap:10px;min-height:48px;border-bottom:1px solid var(--line)}
li:last-child{border-bottom:0}
li>span{width:28px;flex:none;text-align:center;color:var(--soft);font-size:13px;font-variant-numeric:tabular-nums}
li>a{flex:1;min-width:0;padding:12px 0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
li[aria-current]>a{font-weight:600;color:var(--accent)}
small{flex:none;color:var(--soft);font-size:13px;white-space:nowrap}
button{flex:none;width:44px;height:44px;margin-left:-8px;padding:0;display:grid;place-items:center;border:0;border-radius:50%;background:none;color:var(--accent);cursor:pointer}
button:hover{background:var(--line)}
button[hidden]{display:none}
button:not([hidden])+span{display:none}
button span{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
svg{width:20px;height:20px;fill:currentColor}
.pause,[data-playing] .play{display:none}
[data-playing] .pause{display:inline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
@media(max-height:279px){main{height:auto;grid-template-rows:none}audio{position:sticky;top:8px;z-index:1;background:var(--paper);box-shadow:0 0 0 8px var(--paper)}ol{overflow:visible}}
`

/**
 * The page that other sites show in a frame for a series: its sermons in order, which play one after the other. Its one
 * script is allowed by its hash. Without scripts the browser's own player plays the sermon that it begins with.
 */
export function renderSeriesEmbed(
  playlist: SeriesPlaylist,
  {
    siteUrl,
    theme,
    start,
    language,
    words,
  }: {
    siteUrl: string
    theme: EmbedTheme
    /** A sermon that is not in the list is ignored: it may have been unpublished. */
    start: PlaylistStart
    language: string
    words: Messages['embed']
  },
): string {
  const { page, cover } = seriesAddresses(playlist, siteUrl)
  const first = firstOfPlaylist(playlist.sermons, start.sermonSlug)
  const startMs = start.sermonSlug === null || first?.slug === start.sermonSlug ? start.startMs : null
  return renderFrame(
    {
      ...{ language, theme, style, script: seriesEmbedScript, title: playlist.title },
      head: `<link rel="canonical" href="${escapeHtml(page)}">`,
    },
    `<img src="${escapeHtml(new URL(cover).pathname)}" alt="" width="88" height="88">
<div>
<h1 dir="auto"><a href="${escapeHtml(page)}" target="_blank" rel="noopener">${escapeHtml(playlist.title)}</a></h1>
<p dir="auto">${escapeHtml(namesOf(playlist.sermons))}</p>
${first ? `<p><a data-read-along href="${escapeHtml(sermonAddresses(first, siteUrl, startMs).pageAt)}" target="_blank" rel="noopener">${escapeHtml(words.readAlong)}</a></p>` : ''}
</div>
${
  first
    ? `<audio controls preload="none" src="${escapeHtml(audioPath(first, siteUrl))}${startMs === null ? '' : `#t=${startMs / 1000}`}" aria-label="${escapeHtml(first.title)}"></audio>`
    : `<p style="grid-column:1/-1">${escapeHtml(words.nothingPlayable)}</p>`
}
<ol tabindex="0" aria-label="${escapeHtml(playlist.title)}" data-play="${escapeHtml(words.play)}" data-pause="${escapeHtml(words.pause)}">
${playlist.sermons
  .map((sermon, index) =>
    renderRow(sermon, { number: index + 1, isFirst: sermon === first, siteUrl, language, words }),
  )
  .join('\n')}
</ol>`,
  )
}

/** The sermon with which a series begins: the wanted one, or the first that can be played. */
export function firstOfPlaylist(
  sermons: readonly SermonView[],
  wantedSlug: string | null,
): SermonView | undefined {
  const playable = sermons.filter(({ facets }) => facets.media.status === 'ready')
  return playable.find(({ slug }) => slug === wantedSlug) ?? playable[0]
}

function renderRow(
  sermon: SermonView,
  {
    number,
    isFirst,
    siteUrl,
    language,
    words,
  }: { number: number; isFirst: boolean; siteUrl: string; language: string; words: Messages['embed'] },
): string {
  const canPlay = sermon.facets.media.status === 'ready'
  return [
    canPlay
      ? `<li data-audio="${escapeHtml(audioPath(sermon, siteUrl))}"${isFirst ? ' aria-current="true"' : ''}>`
      : '<li>',
    canPlay
      ? `<button type="button" hidden aria-labelledby="w${number} t${number}"><svg class="play" viewBox="0 0 24 24" aria-hidden="true"><path d="M7 4l13 8-13 8z"/></svg><svg class="pause" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 4h4v16H6zM14 4h4v16h-4z"/></svg><span data-word id="w${number}">${escapeHtml(words.play)}</span></button>`
      : '',
    `<span aria-hidden="true">${number}</span>`,
    `<a id="t${number}" lang="${escapeHtml(sermon.language)}" dir="auto" href="${escapeHtml(sermonAddresses(sermon, siteUrl).page)}" target="_blank" rel="noopener">${escapeHtml(sermon.title)}</a>`,
    sermon.durationMs === null
      ? ''
      : `<small>${escapeHtml(formatMinutes(sermon.durationMs, language))}</small>`,
    '</li>',
  ].join('')
}

const audioPath = (sermon: SermonView, siteUrl: string) =>
  new URL(sermonAddresses(sermon, siteUrl).audio).pathname

/** Who speaks in the series, in the order of its sermons. */
const namesOf = (sermons: readonly SermonView[]) =>
  [...new Set(sermons.flatMap(({ speaker }) => speaker?.name ?? []))].join(', ')

const formatMinutes = (durationMs: number, language: string) =>
  new Intl.NumberFormat(language, { style: 'unit', unit: 'minute' }).format(
    Math.max(1, Math.round(durationMs / 60_000)),
  )
