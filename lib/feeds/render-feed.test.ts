import { parseFeed as parseWithPartytime } from 'podcast-partytime'
import RssParser from 'rss-parser'
import { expect, test } from 'vitest'
import type { Feed, FeedItem } from './feed.ts'
import { feedGuid } from './feed-guid.ts'
import { renderFeed } from './render-feed.ts'

const awkward = 'Grace & Truth – “What now?” <3 ]]> \u{1F54A}'

const item: FeedItem = {
  guid: 'urn:uuid:5d1b0a3c-7c2f-4d2c-9a74-2f6f3a3c1b11',
  title: awkward,
  description: `First <b>line</b> & more\n\nSecond`,
  scripture: 'John 1:14-17',
  pageUrl: 'https://grace.example/sermons/grace-and-truth',
  publishedAt: '2026-11-22T20:00:00.000Z',
  author: 'Ana Ruiz',
  speaker: { name: 'Ana “Annie” Ruiz', url: 'https://grace.example/speakers/ana-ruiz' },
  season: { number: 2, name: 'John & us' },
  episode: 7,
  durationMs: 1_805_400,
  enclosure: {
    url: 'https://grace.example/feeds/audio/1.m4a',
    sizeBytes: 21_665_012,
    contentType: 'audio/mp4',
  },
  artworkUrl: 'https://grace.example/feeds/artwork/sermon/1/abc.jpg',
  language: 'en',
  chaptersUrl: 'https://grace.example/feeds/chapters/1.json',
  transcripts: [
    { url: 'https://grace.example/feeds/transcripts/1.vtt', contentType: 'text/vtt' },
    { url: 'https://grace.example/feeds/transcripts/1.srt', contentType: 'application/x-subrip' },
  ],
}

const feed: Feed = {
  guid: feedGuid('a church'),
  title: `Grace Church & <friends>`,
  description: 'Sermons',
  pageUrl: 'https://grace.example/',
  selfUrl: 'https://grace.example/feeds/podcast.xml?book=john&year=2026',
  firstUrl: 'https://grace.example/feeds/podcast.xml',
  hubUrl: 'https://hub.example/',
  nextUrl: 'https://grace.example/feeds/podcast.xml?after=abc',
  language: 'en',
  timeZone: 'America/Los_Angeles',
  author: 'Grace Church',
  ownerEmail: 'office@grace.example',
  category: 'Religion & Spirituality > Christianity',
  isExplicit: false,
  isLocked: true,
  appleCode: 'abc-123',
  type: 'episodic',
  artworkUrl: 'https://grace.example/feeds/artwork/church/1/abc.jpg',
  changedAt: '2026-11-22T21:00:00.000Z',
  items: [item],
}

test('one parser of RSS reads every title, address, length and date as it was given', async () => {
  const parsed = await new RssParser({ customFields: { item: ['podcast:season'] } }).parseString(
    renderFeed(feed),
  )
  expect(parsed).toMatchObject({
    title: 'Grace Church & <friends>',
    link: 'https://grace.example/',
    language: 'en',
    itunes: {
      author: 'Grace Church',
      explicit: 'false',
      image: feed.artworkUrl,
      owner: { name: 'Grace Church', email: 'office@grace.example' },
    },
  })
  expect(parsed.itunes?.categoriesWithSubs).toEqual([
    { name: 'Religion & Spirituality', subs: [{ name: 'Christianity' }] },
  ])
  expect(parsed.items).toHaveLength(1)
  expect(parsed.items[0]).toMatchObject({
    title: awkward,
    link: item.pageUrl,
    guid: item.guid,
    pubDate: 'Sun, 22 Nov 2026 12:00:00 -0800',
    content: item.description,
    enclosure: { url: item.enclosure.url, length: '21665012', type: 'audio/mp4' },
    itunes: { duration: '1805', episode: '7', season: '2', episodeType: 'full' },
  })
})

test('an independent parser of podcasts reads the tags of Podcasting 2.0', async () => {
  const parsed = parseWithPartytime(renderFeed(feed), { allowMissingGuid: false })
  expect(parsed).toMatchObject({
    title: 'Grace Church & <friends>',
    guid: feed.guid,
    medium: 'podcast',
    locked: true,
    owner: { email: 'office@grace.example' },
    itunesCategory: ['Religion & Spirituality > Christianity'],
  })
  expect(parsed?.items[0]).toMatchObject({
    title: awkward,
    guid: item.guid,
    duration: 1805,
    explicit: false,
    enclosure: { url: item.enclosure.url, length: 21_665_012, type: 'audio/mp4' },
    podcastSeason: { number: 2, name: 'John & us' },
    podcastEpisode: { number: 7 },
    podcastPeople: [{ name: 'Ana “Annie” Ruiz', role: 'Host', href: item.speaker?.url }],
    podcastTranscripts: [
      { url: item.transcripts[0]?.url, type: 'text/vtt' },
      { url: item.transcripts[1]?.url, type: 'application/srt' },
    ],
  })
  expect(parsed?.items[0]?.pubDate?.toISOString()).toBe('2026-11-22T20:00:00.000Z')
})

test('characters that XML cannot hold are left out, everywhere', async () => {
  const broken = 'Gr\u0000ace\u0008 \uFFFE\uD800and\u001F peace'
  const xml = renderFeed({
    ...feed,
    title: broken,
    items: [{ ...item, title: broken, description: broken, season: { number: 1, name: broken } }],
  })
  const parsed = await new RssParser().parseString(xml)
  expect(parsed.title).toBe('Grace and peace')
  expect(parsed.items[0]?.title).toBe('Grace and peace')
  for (const refused of ['\u0000', '\u0008', '\u001F', '\uFFFE']) expect(xml).not.toContain(refused)
})

test('a feed names itself, its first and its next page, and says nothing about an owner that is not given', async () => {
  const xml = renderFeed({ ...feed, nextUrl: null, ownerEmail: '', items: [] })
  expect(xml).toContain('<atom:link rel="hub" href="https://hub.example/"/>')
  expect(xml).toContain(
    '<atom:link rel="self" href="https://grace.example/feeds/podcast.xml?book=john&amp;year=2026"',
  )
  expect(xml).not.toContain('rel="next"')
  expect(xml).not.toContain('itunes:owner')
  expect(renderFeed(feed)).toContain('rel="next" href="https://grace.example/feeds/podcast.xml?after=abc"')
})

test('the guid of a feed is a version 5 UUID by the rule of the specification', () => {
  // The example of the specification.
  expect(feedGuid('mp3s.nashownotes.com/pc20rss.xml')).toBe('917393e3-1b1e-5cef-ace4-edaa54e1f810')
})

test('chapters have the address and the type of Podcasting 2.0, and no tag where there are none', () => {
  expect(renderFeed(feed)).toContain(
    '<podcast:chapters url="https://grace.example/feeds/chapters/1.json" type="application/json+chapters"/>',
  )
  expect(renderFeed({ ...feed, items: [{ ...item, chaptersUrl: null }] })).not.toContain('podcast:chapters')
})
