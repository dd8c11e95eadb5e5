import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as security from '#app/.well-known/security.txt/route.ts'
import { sermonMetadata } from '#app/(listen)/sermons/[slug]/_components/sermon-metadata.ts'
import * as playable from '#app/api/v1/sermons/playable/route.ts'
import * as seriesEmbed from '#app/embed/series/[slug]/route.ts'
import * as embed from '#app/embed/sermons/[slug]/route.ts'
import * as oembed from '#app/oembed/route.ts'
import * as robots from '#app/robots.txt/route.ts'
import * as sitemap from '#app/sitemap.xml/route.ts'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { formerSlugs, series, sermons, speakers } from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { readSearchOptions } from '#lib/search/read-search-options.ts'
import { findPublicSermon } from '#lib/sermons/find-public-sermon.ts'
import { findGroup, hasTopics, listGroups, listYears } from '#lib/sermons/list-collections.ts'
import {
  countPublishedSermons,
  listPlayableSermons,
  listPublishedSermons,
  measurePublishedSermons,
} from '#lib/sermons/list-sermons.ts'
import { updateSermon } from '#lib/sermons/update-sermon.ts'
import { listPublicPages } from '#lib/sharing/list-public-pages.ts'
import { createChurch } from '#test/job-fixtures.ts'

const site = 'https://grace.example'
let database: TestDatabase
let services: Services

beforeAll(async () => {
  database = await startTestDatabase()
  services = createServices(
    envSchema.parse({
      SITE_URL: site,
      DATABASE_URL: database.connectionString,
      SUPABASE_URL: 'http://127.0.0.1:1',
      SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_none',
      SUPABASE_SECRET_KEY: 'sb_secret_none',
      TRIGGER_SECRET_KEY: 'tr_dev_none',
    }),
  )
  globalThis.selahServices = services
  const { db } = services
  const churchId = await createChurch(db)
  const [[john], [ruth], [ana]] = await Promise.all([
    db.insert(series).values({ churchId, slug: 'john', title: 'John' }).returning(),
    db.insert(series).values({ churchId, slug: 'ruth', title: 'Ruth' }).returning(),
    db.insert(speakers).values({ churchId, slug: 'ana', name: 'Ana' }).returning(),
  ])
  const common = { churchId, mediaStatus: 'ready' as const, mediaRevision: 1, speakerId: ana?.id ?? null }
  await db.insert(sermons).values([
    {
      ...common,
      slug: 'grace',
      title: 'Grace',
      publication: 'published',
      seriesId: john?.id,
      preachedOn: '2026-11-22',
    },
    {
      ...common,
      slug: 'truth',
      title: 'Truth',
      publication: 'published',
      seriesId: john?.id,
      preachedOn: '2024-01-07',
    },
    {
      ...common,
      slug: 'secret',
      title: 'Secret',
      publication: 'draft',
      seriesId: ruth?.id,
      preachedOn: '2026-11-29',
    },
    {
      ...common,
      slug: 'gone',
      title: 'Gone',
      publication: 'draft',
      trashedAt: new Date(),
      seriesId: ruth?.id,
    },
  ])
})

afterAll(async () => {
  globalThis.selahServices = undefined
  await services?.close()
  await database?.stop()
})

const get = (
  { GET }: Pick<typeof oembed, 'GET'>,
  address: string,
  params: Record<string, string> = {},
): Promise<Response> => GET(new Request(new URL(address, site)), { params: Promise.resolve(params) })

test('the sitemap lists every public page with its last change, and no draft', async () => {
  const xml = await (await get(sitemap, '/sitemap.xml')).text()
  const named = [...xml.matchAll(/<loc>https:\/\/grace\.example([^<]*)<\/loc>/g)].map(([, path]) => path)
  expect(named).toEqual([
    ...['/', '/sermons', '/series', '/speakers', '/bible', '/years'],
    ...['/series/john', '/speakers/ana', '/years/2024', '/years/2026', '/sermons/grace', '/sermons/truth'],
  ])
  expect(xml.match(/<lastmod>\d{4}-\d{2}-\d{2}T[\d:.]+Z<\/lastmod>/g)).toHaveLength(named.length)
  expect(await (await get(robots, '/robots.txt')).text()).toContain(`Sitemap: ${site}/sitemap.xml`)
})

test('an embed and its oEmbed exist for published sermons only', async () => {
  const page = await get(embed, '/embed/sermons/grace?t=1m30s&theme=dark', { slug: 'grace' })
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(await page.text()).toContain('.m4a#t=90"')
  expect((await get(embed, '/embed/sermons/secret', { slug: 'secret' })).status).toBe(404)
  const ask = (url: string, more = '') => get(oembed, `/oembed?url=${encodeURIComponent(url)}${more}`)
  expect(await (await ask(`${site}/sermons/grace?t=90`)).json()).toMatchObject({
    type: 'rich',
    title: 'Grace',
  })
  expect((await ask(`${site}/sermons/grace`, '&format=xml')).headers.get('content-type')).toMatch(
    /^text\/xml/,
  )
  for (const other of [
    `${site}/sermons/secret`,
    `${site}/sermons/gone`,
    'https://other.example/sermons/grace',
    'ftp://grace.example/sermons/grace',
    `${site}/sermons/a%00b`,
    `${site}/series/%E0%A4%A`,
  ]) {
    expect((await ask(other)).status, other).toBe(404)
  }
})

test('a series in a frame begins with what was preached first, and follows its earlier addresses', async () => {
  const { db } = services
  const [row] = await db.select().from(series).where(eq(series.slug, 'john'))
  if (!row) throw new Error('The series is missing.')
  await db
    .insert(formerSlugs)
    .values({ churchId: row.churchId, kind: 'series', slug: 'gospel', seriesId: row.id })
  for (const slug of ['john', 'gospel']) {
    const page = await get(seriesEmbed, `/embed/series/${slug}?theme=dark`, { slug })
    expect(page.status, slug).toBe(200)
    const titles = [...(await page.text()).matchAll(/<a id="t\d"[^>]*>([^<]*)</g)].map(([, title]) => title)
    expect(titles, slug).toEqual(['Truth', 'Grace'])
  }
  const described = await get(
    oembed,
    `/oembed?url=${encodeURIComponent(`${site}/series/gospel?sermon=grace`)}`,
  )
  expect(await described.json()).toMatchObject({
    title: 'John',
    html: expect.stringContaining('/embed/series/john?sermon=grace"'),
  })
  // Its only sermons are a draft and one in the trash.
  for (const slug of ['ruth', 'nothing']) {
    expect((await get(seriesEmbed, `/embed/series/${slug}`, { slug })).status, slug).toBe(404)
  }
})

test('a sermon tells other sites of the frame that begins where its address says, within the recording', async () => {
  const sermon = { ...(await findPublicSermon(services, { slug: 'grace' })), durationMs: 60_000 }
  const frameAt = (startMs: number | null) => {
    const { alternates } = sermonMetadata(sermon, { description: '', siteName: 'Grace', startMs })
    expect(alternates?.canonical).toBe(`${site}/sermons/grace`)
    const [link] = [alternates?.types?.['application/json+oembed'] ?? []].flat()
    const address = typeof link === 'object' && 'url' in link ? String(link.url) : ''
    return new URL(address).searchParams.get('url')
  }
  expect(frameAt(30_000)).toBe(`${site}/sermons/grace?t=30`)
  expect(frameAt(90_000)).toBe(`${site}/sermons/grace?t=60`)
  expect(frameAt(null)).toBe(`${site}/sermons/grace`)
})

test('security.txt has a contact and an expiry date', async () => {
  const text = await (await get(security, '/.well-known/security.txt')).text()
  expect(text).toMatch(/^Contact: https:\/\/grace\.example\/$/m)
  expect(Date.parse(/^Expires: (.*)$/m.exec(text)?.[1] ?? '')).toBeGreaterThan(Date.now())
})

test('the lists of series and speakers count published sermons and omit those without any', async () => {
  const years = { from: 2024, to: 2026 }
  expect(await listGroups(services, { kind: 'series' })).toEqual([
    { slug: 'john', name: 'John', sermons: 2, years },
  ])
  expect(await listGroups(services, { kind: 'speaker' })).toEqual([
    { slug: 'ana', name: 'Ana', sermons: 2, years },
  ])
  expect(await listYears(services)).toEqual([
    { slug: '2026', name: '2026', sermons: 1, years: null },
    { slug: '2024', name: '2024', sermons: 1, years: null },
  ])
  expect(await findGroup(services, { kind: 'series', slug: 'ruth' })).toBeNull()
})

test('a topic has a page, a filter and a place in the sitemap from its first published sermon on', async () => {
  const { db } = services
  const rows = await db
    .select({ id: sermons.id, slug: sermons.slug, churchId: sermons.churchId })
    .from(sermons)
  const idOf = (slug: string) => rows.find((row) => row.slug === slug)?.id ?? ''
  const churchId = rows[0]?.churchId ?? ''
  const give = (slug: string, names: string[]) =>
    updateSermon({ db }, { sermonId: idOf(slug), churchId, changes: { topics: names } })
  const paths = async () => (await listPublicPages({ db })).map(({ path }) => path)
  await give('secret', ['Prayer'])
  expect(await listGroups({ db }, { kind: 'topic' })).toEqual([])
  expect(await hasTopics({ db })).toBe(false)
  expect(await findGroup({ db }, { kind: 'topic', slug: 'prayer' })).toBeNull()
  expect(await paths()).not.toContain('/topics')

  await give('truth', ['Prayer', 'Hope'])
  expect(await hasTopics({ db })).toBe(true)
  expect(await listGroups({ db }, { kind: 'topic' })).toEqual(
    ['hope', 'prayer'].map((slug) => expect.objectContaining({ slug, sermons: 1 })),
  )
  const found = await listPublishedSermons({ db }, { topicSlug: 'prayer', limit: 10 })
  expect(found.sermons.map(({ slug }) => slug)).toEqual(['truth'])
  expect(await paths()).toEqual(
    expect.arrayContaining(['/topics', '/topics/hope', '/topics/prayer', '/years', '/years/2024']),
  )
  expect((await readSearchOptions({ db }, { memberOf: [] })).topics).toMatchObject([
    { slug: 'hope', sermons: 1 },
    { slug: 'prayer', sermons: 1 },
  ])
  await give('truth', [])
  await give('secret', [])
})

test('what can be played of a collection is in the order in which it was preached', async () => {
  const { db } = services
  const titles = async (limit: number) =>
    (await listPlayableSermons({ db }, { seriesSlug: 'john', limit })).map(({ title }) => title)
  expect(await titles(10)).toEqual(['Truth', 'Grace'])
  expect(await titles(1)).toEqual(['Truth'])
  expect(await measurePublishedSermons({ db }, { seriesSlug: 'john' })).toMatchObject({
    sermons: 2,
    playable: 2,
  })
})

test('players can ask for what can be played of a collection, the first preached first', async () => {
  const titlesOf = async (query: string) => {
    const answer = await get(playable, `/api/v1/sermons/playable?${query}`)
    expect(answer.status, query).toBe(200)
    const { sermons: found }: { sermons: { title: string }[] } = await answer.json()
    return found.map(({ title }) => title)
  }
  expect(await titlesOf('series=john')).toEqual(['Truth', 'Grace'])
  expect(await titlesOf('speaker=ana&limit=1')).toEqual(['Truth'])
  expect(await titlesOf('year=2026')).toEqual(['Grace'])
  expect(await titlesOf('series=ruth')).toEqual([])
  expect((await get(playable, '/api/v1/sermons/playable?limit=201')).status).toBe(400)
  const [first] = (await (await get(playable, '/api/v1/sermons/playable?series=john')).json()).sermons
  expect(first).toMatchObject({ slug: 'truth', speaker: 'Ana', series: 'John', recording: 1 })
})

test('the library is filtered by year, series and words, and shows the number of sermons', async () => {
  const titles = async (filter: Parameters<typeof countPublishedSermons>[1]) => {
    const { sermons: found } = await listPublishedSermons(services, { ...filter, limit: 10 })
    expect(await countPublishedSermons(services, filter)).toBe(found.length)
    return found.map(({ title }) => title)
  }
  expect(await titles({})).toEqual(['Grace', 'Truth'])
  expect(await titles({ year: 2024 })).toEqual(['Truth'])
  expect(await titles({ seriesSlug: 'john', text: 'gra' })).toEqual(['Grace'])
  expect(await titles({ speakerSlug: 'ana', year: 2023 })).toEqual([])
  expect(await titles({ text: 'secret' })).toEqual([])
})
