import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMessages } from '#lib/messages/read-messages.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import {
  describeOembed,
  describeSeriesOembed,
  readEmbeddedAddress,
  renderOembedXml,
} from './describe-oembed.ts'
import { renderEmbed, renderEmbedFailure } from './render-embed.ts'
import { renderSeriesEmbed } from './render-series-embed.ts'
import { renderSitemap } from './render-sitemap.ts'
import { renderData, sermonData } from './sermon-data.ts'

const siteUrl = 'https://grace.example'
const ready = { status: 'ready' as const, progress: 100, error: null }
const sermon: SermonView = {
  ...{
    id: '5d1b0a3c-7c2f-4d2c-9a74-2f6f3a3c1b11',
    slug: 'grace',
    churchId: '',
    title: `<b>Grace</b> & "Truth"`,
  },
  ...{ description: '</script><script>alert(1)</script>', scripture: 'John 1', language: 'en' },
  speaker: { id: '1', slug: 'ana', name: 'Ana Ruiz' },
  series: { id: '2', slug: 'john', title: 'John' },
  ...{
    preachedOn: '2026-11-22',
    publication: 'published',
    publishAt: null,
    publishedAt: null,
    trashedAt: null,
  },
  ...{ durationMs: 61_400, mediaRevision: 1, isTextOnly: false, isSample: false },
  facets: { media: ready, transcript: ready, index: ready },
  ...{ createdAt: '2026-11-22T10:00:00Z', updatedAt: '2026-11-22T10:00:00Z' },
} as SermonView

const embed = (startMs: number | null, theme: 'auto' | 'dark' = 'auto') =>
  renderEmbed(sermon, { siteUrl, theme, startMs, language: 'en', words: readMessages('en').embed })

test('an embed plays from its start, links to the same moment, and shows a title as text', () => {
  const html = embed(90_500)
  expect(html).toContain(`src="/feeds/audio/${sermon.id}.m4a#t=90.5"`)
  expect(html).toContain('href="https://grace.example/sermons/grace?t=90.5"')
  expect(html).toContain('&lt;b&gt;Grace&lt;/b&gt; &amp; &quot;Truth&quot;')
  expect(html).not.toContain('<script')
  expect(embed(null)).not.toContain('#t=')
})

test('an embed follows the theme of the reader, or the one that the address names', () => {
  expect(embed(null)).toContain('prefers-color-scheme:dark')
  expect(embed(null, 'dark')).not.toContain('prefers-color-scheme')
})

const named = { kind: 'sermons', slug: 'grace', startMs: null, sermonSlug: null }

test.each([
  ['https://grace.example/sermons/grace', named],
  ['https://grace.example/sermons/grace/?t=1m30s', { ...named, startMs: 90_000 }],
  ['http://192.168.0.5:3000/embed/sermons/grace?t=1:30', { ...named, startMs: 90_000 }],
  ['https://grace.example/series/john', { ...named, kind: 'series', slug: 'john' }],
  [
    'https://grace.example/embed/series/john?sermon=truth&t=90',
    { kind: 'series', slug: 'john', startMs: 90_000, sermonSlug: 'truth' },
  ],
])('%s names a sermon or a series here', (address, wanted) =>
  expect(readEmbeddedAddress(address, [siteUrl, 'http://192.168.0.5:3000'])).toEqual(wanted),
)

test.each([
  'https://other.example/sermons/grace',
  'https://grace.example/dashboard',
  'grace',
  'javascript:alert(1)',
  'javascript://grace.example/sermons/grace',
  'ftp://grace.example/sermons/grace',
  'https://grace.example/sermons/%E0%A4%A',
  'https://grace.example/sermons/%ED%A0%80',
  'https://grace.example/sermons/%00',
  'https://grace.example/sermons/a%00b',
  'https://grace.example/series/%00',
])('%s names nothing to show here', (address) =>
  expect(() => readEmbeddedAddress(address, [siteUrl])).toThrow('not the address of a sermon'),
)

test('oEmbed gives a frame that fits, in JSON and in XML', () => {
  const description = describeOembed(sermon, { siteUrl, startMs: 45_000, room: { maxWidthPx: 320 } })
  expect(description).toMatchObject({ version: '1.0', type: 'rich', width: 320, author_name: 'Ana Ruiz' })
  expect(description.html).toContain('src="https://grace.example/embed/sermons/grace?t=45"')
  expect(description.html).not.toContain('<b>')
  expect(renderOembedXml(description)).toContain('<title>&lt;b&gt;Grace&lt;/b&gt; &amp; "Truth"</title>')
})

const other: SermonView = { ...sermon, id: '8a', slug: 'truth', title: 'Truth', durationMs: 2_400_000 }
const unheard: SermonView = {
  ...sermon,
  ...{ id: '8b', slug: 'notes', title: 'Notes', durationMs: null },
  facets: { ...sermon.facets, media: { status: 'waiting', progress: 0, error: null } },
}
const playlist = { id: '2', slug: 'john', title: 'John & <i>', sermons: [sermon, unheard, other] }
const seriesEmbed = (start: { sermonSlug: string | null; startMs: number | null }, list = playlist) =>
  renderSeriesEmbed(list, { siteUrl, theme: 'auto', start, language: 'en', words: readMessages('en').embed })
type Room = Parameters<typeof describeOembed>[1]['room']
const fromStart = { sermonSlug: null, startMs: null }

test('a series lists its sermons as links in order, and plays those with a recording', () => {
  const html = seriesEmbed(fromStart)
  const links = [...html.matchAll(/<a id="t\d" [^>]*href="([^"]*)"/g)].map(([, href]) => href)
  expect(links).toEqual(['grace', 'notes', 'truth'].map((slug) => `${siteUrl}/sermons/${slug}`))
  const recordings = [...html.matchAll(/<li data-audio="([^"]*)"/g)].map(([, path]) => path)
  expect(recordings).toEqual([sermon.id, other.id].map((id) => `/feeds/audio/${id}.m4a`))
  expect(html).toContain(`<audio controls preload="none" src="/feeds/audio/${sermon.id}.m4a"`)
  expect(html).toContain('40 min')
  expect(html).toContain('John &amp; &lt;i&gt;')
})

test.each([
  [
    'the sermon and the time that the address names',
    { sermonSlug: 'truth', startMs: 90_000 },
    '8a.m4a#t=90"',
  ],
  [
    'the first sermon when the named one is not there',
    { sermonSlug: 'gone', startMs: 90_000 },
    `${sermon.id}.m4a"`,
  ],
  [
    'the first sermon when the named one has no recording',
    { sermonSlug: 'notes', startMs: null },
    `${sermon.id}.m4a"`,
  ],
  ['the first sermon, at the time alone', { sermonSlug: null, startMs: 90_000 }, `${sermon.id}.m4a#t=90"`],
])('a series begins with %s', (_, start, source) =>
  expect(seriesEmbed(start)).toContain(`src="/feeds/audio/${source}`),
)

test('a series without a recording says so, and still lists its sermons', () => {
  const html = seriesEmbed(fromStart, { ...playlist, sermons: [unheard] })
  expect(html).toContain('No sermon of this series can be played yet.')
  expect(html).not.toContain('<audio')
  expect(html).toContain('Notes</a>')
})

test('oEmbed gives a series a frame that begins where its address says, and is as low as the other site asks', () => {
  const start = { sermonSlug: 'truth', startMs: 90_000 }
  const frame = (maxHeightPx?: number) =>
    describeSeriesOembed(playlist, { siteUrl, start, room: { maxHeightPx } })
  expect(frame()).toMatchObject({ type: 'rich', width: 640, height: 380 })
  expect(frame().html).toContain(`src="${siteUrl}/embed/series/john?sermon=truth&amp;t=90"`)
  expect([frame(250).height, frame(10).height]).toEqual([250, 10])
})

test('nothing that oEmbed describes is larger than the room of the other site', () => {
  const describe = {
    sermon: (room: Room) => describeOembed(sermon, { siteUrl, startMs: null, room }),
    series: (room: Room) => describeSeriesOembed(playlist, { siteUrl, start: fromStart, room }),
  }
  const sizes = { sermon: 1400, series: 3000 }
  const sizePx = fc.option(fc.integer({ min: 1, max: 4000 }), { nil: undefined })
  fc.assert(
    fc.property(
      fc.constantFrom('sermon' as const, 'series' as const),
      fc.record({ maxWidthPx: sizePx, maxHeightPx: sizePx }),
      (kind, room) => {
        const { width, height, html, ...rest } = describe[kind](room)
        const { maxWidthPx = 4000, maxHeightPx = 4000 } = room
        expect(width).toBeLessThanOrEqual(maxWidthPx)
        expect(height).toBeLessThanOrEqual(maxHeightPx)
        expect(html).toContain(`width="${width}" height="${height}"`)
        const size = sizes[kind]
        const picture =
          size <= maxWidthPx && size <= maxHeightPx
            ? { thumbnail_url: expect.any(String), thumbnail_width: size, thumbnail_height: size }
            : {}
        const named = Object.entries(rest).filter(([name]) => name.startsWith('thumbnail'))
        expect(Object.fromEntries(named)).toEqual(picture)
      },
    ),
  )
})

test.each([
  [null, null, ''],
  [null, 10_000, '?t=10'],
  [null, 1e23, '?t=61.4'],
  ['truth', 1e23, '?sermon=truth&amp;t=2400'],
  ['notes', 10_000, ''],
  ['\0', 10_000, ''],
])('a frame of a series begins within a sermon of it: %j at %j', (sermonSlug, startMs, query) => {
  const { html } = describeSeriesOembed(playlist, { siteUrl, start: { sermonSlug, startMs }, room: {} })
  expect(html).toContain(`src="${siteUrl}/embed/series/john${query}"`)
})

test('a frame of a sermon begins within it, and at no time where its length is not known', () => {
  const at = (shown: SermonView) => describeOembed(shown, { siteUrl, startMs: 1e23, room: {} }).html
  expect(at(sermon)).toContain(`src="${siteUrl}/embed/sermons/grace?t=61.4"`)
  expect(at(unheard)).toContain(`src="${siteUrl}/embed/sermons/notes"`)
})

test('the data for search engines holds the episode, its audio and the way to it, and cannot end its element', () => {
  const text = renderData(sermonData(sermon, { siteUrl, churchName: 'Grace Church' }))
  expect(text).not.toContain('</script>')
  expect(JSON.parse(text)).toMatchObject({
    '@graph': [
      {
        '@type': 'PodcastEpisode',
        datePublished: '2026-11-22',
        duration: 'PT61S',
        associatedMedia: { '@type': 'AudioObject', contentUrl: `${siteUrl}/feeds/audio/${sermon.id}.m4a` },
        partOfSeries: { webFeed: `${siteUrl}/feeds/series/john.xml` },
      },
      { '@type': 'BreadcrumbList', itemListElement: [{ position: 1 }, { position: 2 }, { position: 3 }] },
    ],
  })
})

test('a sitemap escapes addresses and gives the time of each change', () => {
  const xml = renderSitemap([{ path: '/sermons/a&b', changedAt: '2026-11-22T10:00:00.000Z' }], siteUrl)
  expect(xml).toContain('<loc>https://grace.example/sermons/a&amp;b</loc>')
  expect(xml).toContain('<lastmod>2026-11-22T10:00:00.000Z</lastmod>')
})

test.each([
  [404, 'Page not found'],
  [400, 'This address is not valid'],
  [429, 'This page could not be shown'],
])('an embed that fails with %i says so, with a way to the site', (status, title) => {
  const html = renderEmbedFailure({ status, siteUrl, language: 'en', messages: readMessages('en') })
  expect(html).toContain(`<h1>${title}</h1>`)
  expect(html).toContain(`href="${siteUrl}"`)
})
