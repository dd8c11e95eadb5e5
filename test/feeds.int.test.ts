import { createClient } from '@supabase/supabase-js'
import { eq } from 'drizzle-orm'
import { parseFeed } from 'podcast-partytime'
import RssParser from 'rss-parser'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as artwork from '#app/feeds/artwork/[kind]/[id]/[file]/route.ts'
import * as audio from '#app/feeds/audio/[file]/route.ts'
import * as chapters from '#app/feeds/chapters/[file]/route.ts'
import * as podcast from '#app/feeds/podcast.xml/route.ts'
import * as seriesFeed from '#app/feeds/series/[file]/route.ts'
import * as speakerFeed from '#app/feeds/speakers/[file]/route.ts'
import * as topicFeed from '#app/feeds/topics/[file]/route.ts'
import * as transcripts from '#app/feeds/transcripts/[file]/route.ts'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { startTestGateway, type TestGateway } from '#harness/start-test-gateway.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import {
  chapterLists,
  churches,
  mediaAssets,
  podcasts,
  scriptureRefs,
  series,
  sermons,
  speakers,
  transcripts as transcriptRows,
} from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { podcastSettingsSchema } from '#lib/feeds/podcast-settings.ts'
import { savePodcastCover, savePodcastSettings } from '#lib/feeds/save-podcast.ts'
import { changeCollection } from '#lib/sermons/collections.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'
import { createSermons } from '#test/job-fixtures.ts'

const site = 'https://grace.example'
const bytes = Buffer.alloc(4096, 'sound')
const awkward = 'Grace & Truth – “What now?” <3'

let database: TestDatabase
let gateway: TestGateway
let services: Services
let churchId: string
let seriesId: string
let speakerId: string

beforeAll(async () => {
  database = await startTestDatabase()
  gateway = await startTestGateway({ connectionString: database.connectionString })
  services = createServices(
    envSchema.parse({
      SITE_URL: site,
      DATABASE_URL: database.connectionString,
      SUPABASE_URL: gateway.url,
      SUPABASE_PUBLISHABLE_KEY: gateway.publishableKey,
      SUPABASE_SECRET_KEY: gateway.secretKey,
      TRIGGER_SECRET_KEY: 'tr_dev_none',
    }),
  )
  globalThis.selahServices = services
  const { db } = services
  const [church] = await db
    .insert(churches)
    .values({ slug: 'grace', name: 'Grace Church', timeZone: 'America/Los_Angeles' })
    .returning()
  churchId = church?.id ?? ''
  await db.insert(podcasts).values({ churchId, ownerEmail: 'office@grace.example' })
  const [[john], [ana]] = await Promise.all([
    db.insert(series).values({ churchId, slug: 'john', title: 'John & us' }).returning(),
    db.insert(speakers).values({ churchId, slug: 'ana-ruiz', name: 'Ana Ruiz' }).returning(),
  ])
  seriesId = john?.id ?? ''
  speakerId = ana?.id ?? ''
  const { storage } = createClient(gateway.url, gateway.secretKey, {
    auth: { persistSession: false, autoRefreshToken: false },
  })
  await storage.createBucket('media', { public: false })
  await storage.from('media').upload('one.m4a', bytes, { contentType: 'audio/mp4' })
})

afterAll(async () => {
  globalThis.selahServices = undefined
  await services?.close()
  await gateway?.stop()
  await database?.stop()
})

let made = 0
/** Adds a published sermon with the stored file as its audio, and returns its id. */
async function aSermon(columns: Partial<typeof sermons.$inferInsert> = {}): Promise<string> {
  const { db } = services
  const [sermonId = ''] = await createSermons(db, {
    ...{ churchId, count: 1, mediaStatus: 'ready', durationMs: 61_400 },
    ...{ publication: 'published', firstPublishedAt: new Date('2026-11-25T10:00:00Z') },
    ...columns,
  })
  if (columns.title) await db.update(sermons).set({ title: columns.title }).where(eq(sermons.id, sermonId))
  made += 1
  const file = made === 1 ? 'one.m4a' : `none-${made}.m4a`
  await db.insert(mediaAssets).values({
    ...{ churchId, sermonId, kind: 'download', revision: 1, bucket: 'media', path: file },
    ...{ contentType: 'audio/mp4', sizeBytes: bytes.byteLength, uploadedAt: new Date() },
  })
  return sermonId
}

const get = (
  { GET, HEAD }: Pick<typeof podcast, 'GET' | 'HEAD'>,
  address: string,
  params: Record<string, string> = {},
  init: RequestInit = {},
) =>
  (init.method === 'HEAD' ? HEAD : GET)(new Request(new URL(address, site), init), {
    params: Promise.resolve(params),
  })

const readItems = async (response: Response) => {
  expect(response.status).toBe(200)
  const { items, ...feed } = await new RssParser().parseString(await response.text())
  return { feed, items, titles: items.map(({ title }) => title) }
}

test('a feed has an episode for each published sermon with audio, and two parsers read it the same', async () => {
  const { db } = services
  const sermonId = await aSermon({ title: awkward, preachedOn: '2026-11-22', seriesId, speakerId })
  await db
    .update(sermons)
    .set({ transcriptStatus: 'ready', scripture: 'John 1:14' })
    .where(eq(sermons.id, sermonId))
  await db.insert(transcriptRows).values({
    ...{ churchId, sermonId, revision: 1, mediaRevision: 1, source: 'upload' },
    ...{ language: 'en', isDraft: false, wordIds: [0, 1, 2], nextWordId: 3 },
    words: [
      ['Grace', 1000, 1500],
      ['–', 1500, 1600],
      ['truth.', 1600, 2000],
    ],
    sentences: [[0, 2]],
  })
  await aSermon({ publication: 'draft' })
  await aSermon({ mediaStatus: 'running' })
  await aSermon({ publication: 'draft', trashedAt: new Date() })

  const response = await get(podcast, '/feeds/podcast.xml')
  expect(response.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8')
  const xml = await response.text()
  const rss = await new RssParser().parseString(xml)
  const parsed = parseFeed(xml, { allowMissingGuid: false })
  expect(rss.items.map(({ title }) => title)).toEqual([awkward])
  expect(parsed?.items.map(({ title }) => title)).toEqual([awkward])
  const [episode] = rss.items
  expect(episode).toMatchObject({
    guid: `urn:uuid:${sermonId}`,
    pubDate: 'Sun, 22 Nov 2026 12:00:00 -0800',
    enclosure: { url: `${site}/feeds/audio/${sermonId}.m4a`, length: '4096', type: 'audio/mp4' },
  })
  expect(parsed?.items[0]?.podcastTranscripts?.map(({ url }) => url)).toEqual([
    `${site}/feeds/transcripts/${sermonId}.vtt`,
    `${site}/feeds/transcripts/${sermonId}.srt`,
  ])
  expect(parsed).toMatchObject({ owner: { email: 'office@grace.example' }, locked: true, language: 'en' })
})

test('an episode without a day comes after those that have one, also by its date, which stays, when it is published later', async () => {
  const [row] = await services.db
    .insert(series)
    .values({ churchId, slug: 'psalms', title: 'Psalms' })
    .returning()
  const common = { seriesId: row?.id ?? null }
  await aSermon({ ...common, title: 'Old', preachedOn: '2001-01-07' })
  await aSermon({ ...common, title: 'Undated', firstPublishedAt: new Date('2026-11-27T10:00:00Z') })
  await aSermon({ ...common, title: 'New', preachedOn: '2026-11-22' })
  const psalms = (init?: RequestInit) =>
    get(seriesFeed, '/feeds/series/psalms.xml', { file: 'psalms.xml' }, init)
  const readDates = async () => {
    const { items } = await readItems(await psalms())
    return items.map(({ title, pubDate }) => [title, pubDate])
  }
  const dates = await readDates()
  const old = 'Sun, 07 Jan 2001 12:00:00 -0800'
  expect(dates).toEqual([
    ['New', 'Sun, 22 Nov 2026 12:00:00 -0800'],
    ['Old', old],
    ['Undated', old],
  ])
  const tag = (await psalms()).headers.get('etag') ?? ''
  const known = { headers: { 'if-none-match': tag } }
  await aSermon({ title: 'Elsewhere', preachedOn: '1999-01-03' })
  expect((await psalms(known)).status).toBe(304)
  // A date that the team corrects moves the episodes without one too.
  await services.db.update(sermons).set({ preachedOn: '2002-01-06' }).where(eq(sermons.title, 'Old'))
  expect((await psalms(known)).status).toBe(200)
  expect((await readDates()).map(([, date]) => date)).toEqual([
    'Sun, 22 Nov 2026 12:00:00 -0800',
    'Sun, 06 Jan 2002 12:00:00 -0800',
    'Sun, 06 Jan 2002 12:00:00 -0800',
  ])
  await services.db.delete(sermons).where(eq(sermons.title, 'Elsewhere'))
  await services.db.delete(sermons).where(eq(sermons.seriesId, row?.id ?? ''))
})

test('episodes have the season of their series, whatever other series there are', async () => {
  const { db } = services
  const given = { churchId, createdAt: new Date('2001-01-01') }
  await db.insert(series).values([
    { ...given, slug: 'before', title: 'Before' },
    { ...given, slug: 'after', title: 'After' },
  ])
  const [after] = await db.select().from(series).where(eq(series.slug, 'after'))
  await aSermon({ seriesId: after?.id ?? null, title: 'In a season' })
  const readSeason = async () =>
    (await readItems(await get(seriesFeed, '/feeds/series/after.xml', { file: 'after.xml' }))).items[0]
      ?.itunes.season
  const season = await readSeason()
  expect(season).toBe(String(after?.season))
  await db.delete(series).where(eq(series.slug, 'before'))
  expect(await readSeason()).toBe(season)
  await db.delete(sermons).where(eq(sermons.title, 'In a season'))
})

test('a known feed answers 304 until it changes, and HEAD answers without content', async () => {
  const first = await get(podcast, '/feeds/podcast.xml')
  const tag = first.headers.get('etag') ?? ''
  const known = { headers: { 'if-none-match': tag } }
  expect((await get(podcast, '/feeds/podcast.xml', {}, known)).status).toBe(304)
  const head = await get(podcast, '/feeds/podcast.xml', {}, { method: 'HEAD' })
  expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(await first.text())))
  expect(await head.text()).toBe('')
  const sermonId = await aSermon({ preachedOn: '2026-11-15' })
  expect((await get(podcast, '/feeds/podcast.xml', {}, known)).status).toBe(200)
  await services.db.delete(sermons).where(eq(sermons.id, sermonId))
  expect((await get(podcast, '/feeds/podcast.xml', {}, known)).status).toBe(304)
})

test('the guids stay the same when a sermon, its series and the church are renamed, and when the recording is replaced', async () => {
  const { db } = services
  const before = parseFeed(await (await get(podcast, '/feeds/podcast.xml')).text())
  await db.update(sermons).set({ title: 'Renamed', slug: 'renamed' }).where(eq(sermons.title, awkward))
  await db.update(churches).set({ name: 'Truth Church', slug: 'truth' })
  await db.update(series).set({ title: 'The Gospel' })
  await db.update(sermons).set({ mediaRevision: 2 }).where(eq(sermons.title, 'Renamed'))
  await db.update(mediaAssets).set({ revision: 2 }).where(eq(mediaAssets.path, 'one.m4a'))
  await db.update(transcriptRows).set({ mediaRevision: 2 })
  const after = parseFeed(await (await get(podcast, '/feeds/podcast.xml')).text())
  expect(after?.title).toBe('Truth Church')
  expect(after?.guid).toBe(before?.guid)
  expect(after?.items.map(({ guid }) => guid)).toEqual(before?.items.map(({ guid }) => guid))
  expect(after?.items[0]?.title).toBe('Renamed')
})

test('the address of an episode returns the stored bytes, whole and in ranges, and HEAD returns their length', async () => {
  const { items } = await readItems(await get(podcast, '/feeds/podcast.xml'))
  const file = items[0]?.enclosure?.url.split('/').at(-1) ?? ''
  const at = (init: RequestInit = {}) => get(audio, `/feeds/audio/${file}`, { file }, init)
  const head = await at({ method: 'HEAD' })
  expect(Object.fromEntries(head.headers)).toMatchObject({
    'content-type': 'audio/mp4',
    'content-length': items[0]?.enclosure?.length,
    'accept-ranges': 'bytes',
  })
  const location = (await at()).headers.get('location') ?? ''
  const whole = await fetch(location)
  expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true)
  expect(whole.headers.get('content-disposition')).toBeNull()
  const part = await fetch(location, { headers: { range: 'bytes=10-19' } })
  expect(part.status).toBe(206)
  expect(part.headers.get('content-range')).toBe(`bytes 10-19/${bytes.byteLength}`)
  expect(await part.text()).toBe(bytes.subarray(10, 20).toString())
})

test('transcripts are public for published sermons, as WebVTT and SubRip, and every web player can read them', async () => {
  const { items } = await readItems(await get(podcast, '/feeds/podcast.xml'))
  const id = items[0]?.guid?.replace('urn:uuid:', '')
  const srt = await get(transcripts, `/feeds/transcripts/${id}.srt`, { file: `${id}.srt` })
  expect(srt.headers.get('access-control-allow-origin')).toBe('*')
  expect(await srt.text()).toBe('1\n00:00:01,000 --> 00:00:02,000\nGrace – truth.\n')
  const vtt = await get(transcripts, `/feeds/transcripts/${id}.vtt`, { file: `${id}.vtt` })
  expect(await vtt.text()).toBe('WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nGrace – truth.\n')
})

test('every cover in the feed exists, in the size that podcast apps require', async () => {
  const parsed = parseFeed(await (await get(podcast, '/feeds/podcast.xml')).text())
  for (const [address, sizePx] of [
    [parsed?.itunesImage, 3000],
    [parsed?.items[0]?.itunesImage, 1400],
  ] as const) {
    const [kind = '', id = '', file = ''] = new URL(String(address)).pathname.split('/').slice(3)
    const response = await get(artwork, String(address), { kind, id, file })
    expect(response.headers.get('content-type')).toBe('image/jpeg')
    const { width, height } = await sharp(await response.arrayBuffer()).metadata()
    expect([width, height]).toEqual([sizePx, sizePx])
  }
})

test('feeds of a series, a speaker, a book and a year contain only those sermons; unknown ones answer 404', async () => {
  const { db } = services
  const sermonId = await aSermon({ title: 'Older', preachedOn: '2024-02-04' })
  await db.insert(scriptureRefs).values({
    ...{ churchId, sermonId, source: 'details', kind: 'expounded' },
    ...{ firstVerse: 45_008_001, lastVerse: 45_008_039 },
  })
  const titles = async (response: Promise<Response>) => (await readItems(await response)).titles
  expect(await titles(get(podcast, '/feeds/podcast.xml'))).toEqual(['Renamed', 'Older'])
  expect(await titles(get(podcast, '/feeds/podcast.xml?book=romans'))).toEqual(['Older'])
  expect(await titles(get(podcast, '/feeds/podcast.xml?year=2024'))).toEqual(['Older'])
  expect(await titles(get(podcast, '/feeds/podcast.xml?q=ren'))).toEqual(['Renamed'])
  expect(await titles(get(seriesFeed, '/feeds/series/john.xml', { file: 'john.xml' }))).toEqual(['Renamed'])
  expect(await titles(get(speakerFeed, '/feeds/speakers/ana-ruiz.xml', { file: 'ana-ruiz.xml' }))).toEqual([
    'Renamed',
  ])
  for (const file of ['nobody.xml', 'john']) {
    expect((await get(seriesFeed, `/feeds/series/${file}`, { file })).status).toBe(404)
  }
  const unstorable = Buffer.from(JSON.stringify(['\0', sermonId])).toString('base64url')
  for (const query of ['book=hezekiah', 'year=soon', 'after=garbage', `after=${unstorable}`]) {
    expect((await get(podcast, `/feeds/podcast.xml?${query}`)).status, query).toBe(400)
  }
})

test('the feed of a topic has its sermons, its description and its cover, and keeps its id when it is renamed', async () => {
  const { db } = services
  const [row] = await db.select({ id: sermons.id }).from(sermons).where(eq(sermons.title, 'Older'))
  const sermonId = row?.id ?? ''
  const file = { file: 'hope.xml' }
  expect((await get(topicFeed, '/feeds/topics/hope.xml', file)).status).toBe(404)
  await updateSermon({ db }, { sermonId, churchId, changes: { topics: ['Hope', 'Prayer'] } })
  const xml = await (await get(topicFeed, '/feeds/topics/hope.xml', file)).text()
  expect(xml).toContain(`<link>${site}/topics/hope</link>`)
  expect(xml).toContain('Sermons about Hope, ')
  const [, cover = '', id = '', version = ''] =
    /(\/feeds\/artwork\/topic\/([^/]+)\/([0-9a-f]+\.jpg))/.exec(xml) ?? []
  const image = await get(artwork, cover, { kind: 'topic', id, file: version })
  expect(image.headers.get('content-type')).toBe('image/jpeg')
  const titles = async (response: Promise<Response>) => (await readItems(await response)).titles
  expect(await titles(get(podcast, '/feeds/podcast.xml?topic=prayer'))).toEqual(['Older'])

  const change = { name: 'Living hope', description: 'Read this first.' }
  await changeCollection({ db }, { kind: 'topic', churchId, id, actorId: churchId, ...change })
  const renamed = await (await get(topicFeed, '/feeds/topics/hope.xml', file)).text()
  expect(renamed).toContain(`<link>${site}/topics/living-hope</link>`)
  expect(renamed).toContain('Read this first.')
  const guidOf = (feed: string) => /<podcast:guid>([^<]+)</.exec(feed)?.[1]
  expect(guidOf(renamed)).toBe(guidOf(xml))
})

test('a sermon with a podcast file has it as its enclosure, and both files have an address', async () => {
  const sermonId = await aSermon({ title: 'With an MP3', preachedOn: '2026-11-26' })
  await services.db.insert(mediaAssets).values({
    ...{ churchId, sermonId, kind: 'podcast', revision: 1, bucket: 'media', path: `${sermonId}.mp3` },
    ...{ contentType: 'audio/mpeg', sizeBytes: 1234, uploadedAt: new Date() },
  })
  const list = { churchId, sermonId, mediaRevision: 1, chapters: [{ title: 'The shepherd', startMs: 1500 }] }
  await services.db.insert(chapterLists).values({ ...list, source: 'file' })
  const xml = await (await get(podcast, '/feeds/podcast.xml')).text()
  expect(xml).toContain(
    `<enclosure url="${site}/feeds/audio/${sermonId}.mp3" length="1234" type="audio/mpeg"/>`,
  )
  expect(xml).not.toContain(`${sermonId}.m4a`)
  const head = (file: string) => get(audio, '/x', { file }, { method: 'HEAD' })
  const mp3 = await head(`${sermonId}.mp3`)
  expect([mp3.headers.get('content-type'), mp3.headers.get('content-length')]).toEqual(['audio/mpeg', '1234'])
  expect((await head(`${sermonId}.m4a`)).headers.get('content-type')).toBe('audio/mp4')
  const address = `/feeds/chapters/${sermonId}.json`
  expect(xml).toContain(`<podcast:chapters url="${site}${address}" type="application/json+chapters"/>`)
  const listed = await get(chapters, address, { file: `${sermonId}.json` })
  expect(listed.headers.get('content-type')).toBe('application/json+chapters')
  expect(await listed.json()).toEqual({
    version: '1.2.0',
    chapters: [{ startTime: 1.5, title: 'The shepherd' }],
  })
  // A person removed all chapters: those of the file are not shown any more.
  await services.db.insert(chapterLists).values({ ...list, source: 'edited', chapters: [] })
  expect(await (await get(podcast, '/feeds/podcast.xml')).text()).not.toContain(address)
  const emptied = await get(chapters, address, { file: `${sermonId}.json` })
  expect(await emptied.json()).toEqual({ version: '1.2.0', chapters: [] })
  const other = await get(chapters, `${address}?recording=2`, { file: `${sermonId}.json` })
  expect(other.status).toBe(404)
  await services.db.delete(sermons).where(eq(sermons.id, sermonId))
  expect((await get(chapters, address, { file: `${sermonId}.json` })).status).toBe(404)
})

test('a large feed has pages with a link to the next one, and each sermon once', async () => {
  const count = 320
  const ids = await createSermons(services.db, {
    ...{ churchId, count, mediaStatus: 'ready', publication: 'published', durationMs: 1000 },
    ...{ firstPublishedAt: new Date('2026-11-01T10:00:00Z'), preachedOn: '2020-01-05' },
  })
  await services.db.insert(mediaAssets).values(
    ids.map((sermonId) => ({
      ...{ churchId, sermonId, kind: 'download' as const, revision: 1, bucket: 'media' as const },
      ...{ path: sermonId, contentType: 'audio/mp4', sizeBytes: 1 },
    })),
  )
  const guids: (string | undefined)[] = []
  let address: string | undefined = '/feeds/podcast.xml'
  let pages = 0
  while (address) {
    const xml: string = await (await get(podcast, address)).text()
    guids.push(...(await new RssParser().parseString(xml)).items.map(({ guid }) => guid))
    address = /<atom:link rel="next" href="([^"]+)"/.exec(xml)?.[1]?.replaceAll('&amp;', '&')
    pages += 1
  }
  expect(pages).toBe(2)
  expect(guids).toHaveLength(count + 2)
  expect(new Set(guids).size).toBe(count + 2)
})

test('a sermon that is unpublished leaves the feed, and all its addresses answer 404 immediately', async () => {
  const { items } = await readItems(await get(podcast, '/feeds/podcast.xml'))
  const id = items[0]?.guid?.replace('urn:uuid:', '') ?? ''
  const addresses = () =>
    Promise.all([
      get(audio, '/x', { file: `${id}.m4a` }),
      get(audio, '/x', { file: `${id}.m4a` }, { method: 'HEAD' }),
      get(transcripts, '/x', { file: `${id}.vtt` }),
      get(transcripts, '/x', { file: `${id}.srt` }),
      get(artwork, '/x', { kind: 'sermon', id, file: 'abc.jpg' }),
      get(seriesFeed, '/x', { file: 'john.xml' }),
    ]).then((responses) => responses.map(({ status }) => status))
  expect(await addresses()).toEqual([302, 200, 200, 200, 200, 200])
  await services.db.update(sermons).set({ publication: 'draft' }).where(eq(sermons.id, id))
  expect(await addresses()).toEqual([404, 404, 404, 404, 404, 404])
  expect((await readItems(await get(podcast, '/feeds/podcast.xml'))).titles[0]).toBe('Older')
})

test('the podcast settings and the cover of a church are in the feed', async () => {
  const actor = { churchId, actorId: churchId }
  const settings = podcastSettingsSchema.parse({
    ...{
      description: 'Sundays & more',
      author: 'The elders',
      ownerEmail: '',
      language: 'de',
      appleCode: 'code-1',
    },
    ...{ category: 'Religion & Spirituality > Religion', isExplicit: false, isLocked: false },
  })
  await savePodcastSettings(services, { ...actor, settings })
  const image = await sharp({ create: { width: 1500, height: 1500, channels: 4, background: '#ff000080' } })
    .png()
    .toBuffer()
  const before = parseFeed(await (await get(podcast, '/feeds/podcast.xml')).text())
  await savePodcastCover(services, { ...actor, image })
  const after = parseFeed(await (await get(podcast, '/feeds/podcast.xml')).text())
  expect(after).toMatchObject({
    ...{ description: 'Sundays & more', author: 'The elders', language: 'de' },
  })
  expect(after?.itunesImage).not.toBe(before?.itunesImage)
  const [kind = '', id = '', file = ''] = new URL(String(after?.itunesImage)).pathname.split('/').slice(3)
  const cover = await (await get(artwork, '/x', { kind, id, file })).arrayBuffer()
  expect(await sharp(cover).metadata()).toMatchObject({ format: 'jpeg', width: 3000, hasAlpha: false })
  const wide = await sharp({ create: { width: 1500, height: 1400, channels: 3, background: '#fff' } })
    .png()
    .toBuffer()
  await expect(savePodcastCover(services, { ...actor, image: wide })).rejects.toMatchObject({
    reason: 'podcast.cover_size',
  })
  await expect(
    savePodcastCover(services, { ...actor, image: Buffer.from('no image') }),
  ).rejects.toMatchObject({
    code: 'unsupported_media',
  })
})

test('samples are in the feed only while the church has no published sermons of its own', async () => {
  const { db } = services
  await aSermon({ title: 'A sample', isSample: true })
  expect((await readItems(await get(podcast, '/feeds/podcast.xml?q=sample'))).titles).toEqual([])
  await db.update(sermons).set({ publication: 'draft' }).where(eq(sermons.isSample, false))
  expect((await readItems(await get(podcast, '/feeds/podcast.xml'))).titles).toEqual(['A sample'])
})
