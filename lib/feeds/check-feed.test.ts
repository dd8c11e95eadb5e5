import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { checkFeed } from './check-feed.ts'
import { fetchWithTimeout, isPrivateAddress } from './feed-fetch.ts'

type File = { status?: number; type: string; body: string | Buffer; ranges?: boolean }

let server: Server
let base: string
let files: Map<string, File>
let cover: Buffer

beforeAll(async () => {
  cover = await squareOf(1400)
  server = createServer((request, response) => {
    const file = files.get(request.url ?? '')
    if (!file) {
      response.writeHead(404).end()
      return
    }
    const body = Buffer.from(file.body)
    const isPart = file.ranges !== false && request.headers.range === 'bytes=0-1'
    response.writeHead(isPart ? 206 : (file.status ?? 200), {
      'content-type': file.type,
      etag: '"1"',
      'content-length': isPart ? 2 : body.byteLength,
      ...(isPart ? { 'content-range': `bytes 0-1/${body.byteLength}` } : {}),
    })
    response.end(request.method === 'HEAD' ? undefined : isPart ? body.subarray(0, 2) : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  server.close()
})

const squareOf = (sizePx: number) =>
  sharp({ create: { width: sizePx, height: sizePx, channels: 3, background: '#fff' } })
    .jpeg()
    .toBuffer()

const aFeed = (change: (xml: string) => string = (xml) => xml) =>
  change(`<?xml version="1.0"?><rss version="2.0" xmlns:itunes="i" xmlns:podcast="p"><channel>
<title>Grace</title><link>https://grace.example/</link><description>Sermons</description><language>en</language>
<itunes:author>Grace</itunes:author><itunes:owner><itunes:email>a@grace.example</itunes:email></itunes:owner>
<itunes:category text="Religion &amp; Spirituality"><itunes:category text="Christianity"/></itunes:category>
<itunes:explicit>false</itunes:explicit><itunes:image href="${base}/cover.jpg"/><podcast:guid>1</podcast:guid>
<item><title>One</title><guid>1</guid><pubDate>Sun, 22 Nov 2026 12:00:00 +0000</pubDate>
<itunes:duration>60</itunes:duration><enclosure url="${base}/one.m4a" length="4" type="audio/mp4"/></item>
</channel></rss>`)

beforeEach(() => {
  files = new Map<string, File>([
    ['/cover.jpg', { type: 'image/jpeg', body: cover }],
    ['/one.m4a', { type: 'audio/mp4', body: 'abcd' }],
    ['/feed.xml', { type: 'application/rss+xml', body: aFeed() }],
  ])
})

const check = async () => {
  const { faults, ...report } = await checkFeed({ fetch: fetchWithTimeout }, { url: `${base}/feed.xml` })
  // The server of the test is on this machine, which the check says too.
  return { ...report, codes: faults.map(({ code }) => code).filter((code) => code !== 'feed.not_public') }
}
const serve = (path: string, file: Partial<File>) =>
  files.set(path, { ...(files.get(path) ?? { type: 'text/plain', body: '' }), ...file })

test('a good feed has no fault', async () => {
  expect(await check()).toMatchObject({
    ok: true,
    codes: [],
    title: 'Grace',
    episodes: 1,
    checkedEpisodes: 1,
  })
})

const missing: [string, RegExp][] = [
  ['feed.no_title', /<title>Grace<\/title>/],
  ['feed.no_description', /<description>.*<\/description>/],
  ['feed.no_language', /<language>.*<\/language>/],
  ['feed.no_category', /<itunes:category.*<\/itunes:category>/],
  ['feed.no_explicit', /<itunes:explicit>.*<\/itunes:explicit>/],
  ['feed.no_owner_email', /<itunes:owner>.*<\/itunes:owner>/],
  ['feed.no_episodes', /<item>[\s\S]*<\/item>/],
  ['artwork.missing', /<itunes:image [^>]*>/],
  ['episode.no_guid', /<guid>1<\/guid>/],
  ['episode.no_date', /<pubDate>.*<\/pubDate>/],
  ['enclosure.missing', /<enclosure [^>]*>/],
]
test.each(missing)('%s is found', async (code, tag) => {
  serve('/feed.xml', { body: aFeed((xml) => xml.replace(tag, '')) })
  expect((await check()).codes).toEqual([code])
})

test('a length that is wrong, audio that is gone, and a server without ranges are found', async () => {
  serve('/one.m4a', { body: 'abcdef' })
  expect(await check()).toMatchObject({ ok: false, codes: ['enclosure.length'] })
  serve('/one.m4a', { body: 'abcd', ranges: false })
  expect((await check()).codes).toEqual(['enclosure.no_ranges'])
  files.delete('/one.m4a')
  expect((await check()).codes).toEqual(['enclosure.dead'])
})

test('a cover that is too small, no image, or gone is found', async () => {
  serve('/cover.jpg', { body: await squareOf(300) })
  expect((await check()).codes).toEqual(['artwork.size'])
  serve('/cover.jpg', { body: 'no image' })
  expect((await check()).codes).toEqual(['artwork.unreadable'])
  files.delete('/cover.jpg')
  expect((await check()).codes).toEqual(['artwork.unreachable'])
})

test('a feed that is malformed, no feed, or not there is one error, and nothing else is said', async () => {
  serve('/feed.xml', { body: '<rss><channel><title>Grace & Truth</rss>' })
  expect(await check()).toMatchObject({ ok: false, codes: ['feed.malformed'], title: null })
  serve('/feed.xml', { body: '<html><body/></html>' })
  expect((await check()).codes).toEqual(['feed.malformed'])
  files.delete('/feed.xml')
  expect((await check()).codes).toEqual(['feed.unreachable'])
})

test('two episodes with one guid are found, and an owner who is missing is only a warning', async () => {
  const twice = (xml: string) => xml.replace(/<item>[\s\S]*<\/item>/, (item) => item + item)
  serve('/feed.xml', { body: aFeed((xml) => twice(xml).replace(/<itunes:owner>.*<\/itunes:owner>/, '')) })
  expect(await check()).toMatchObject({ ok: false, codes: ['feed.no_owner_email', 'episode.same_guid'] })
})

test.each([
  ['http://localhost:3000/feed.xml', true],
  ['http://192.168.0.5/feed.xml', true],
  ['http://selah.local/feed.xml', true],
  ['https://grace.example/feed.xml', false],
])('%s can be reached only here: %s', (url, isPrivate) => expect(isPrivateAddress(url)).toBe(isPrivate))
