import { create } from 'xmlbuilder2'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'
import type { Feed, FeedItem } from '#lib/feeds/feed.ts'
import { formatFeedDate } from '#lib/feeds/feed-date.ts'
import { escapeHtml } from '#lib/text/escape-html.ts'

const namespaces = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:itunes': 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  'xmlns:podcast': 'https://podcastindex.org/namespace/1.0',
}

/**
 * A page of a feed as RSS 2.0 with the tags of iTunes and Podcasting 2.0. The same feed always gives the same text.
 * Characters that XML cannot hold are left out.
 */
export function renderFeed(feed: Feed): string {
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '' })
  const channel = document.ele('rss', { version: '2.0', ...namespaces }).ele('channel')
  const add = (name: string, text: string) => channel.ele(name).txt(text)
  const link = (rel: string, href: string) =>
    channel.ele('atom:link', { rel, href, type: 'application/rss+xml' })
  add('title', feed.title)
  add('link', feed.pageUrl)
  add('description', feed.description)
  add('language', feed.language)
  add('generator', 'Selah')
  if (feed.changedAt) add('lastBuildDate', formatFeedDate(feed.changedAt, feed.timeZone))
  link('self', feed.selfUrl)
  link('first', feed.firstUrl)
  if (feed.nextUrl) link('next', feed.nextUrl)
  if (feed.hubUrl) channel.ele('atom:link', { rel: 'hub', href: feed.hubUrl })
  const image = channel.ele('image')
  image.ele('url').txt(feed.artworkUrl)
  image.ele('title').txt(feed.title)
  image.ele('link').txt(feed.pageUrl)
  channel.ele('itunes:image', { href: feed.artworkUrl })
  add('itunes:author', feed.author)
  if (feed.ownerEmail) {
    const owner = channel.ele('itunes:owner')
    owner.ele('itunes:name').txt(feed.author)
    owner.ele('itunes:email').txt(feed.ownerEmail)
  }
  addCategory(channel, feed.category)
  add('itunes:explicit', String(feed.isExplicit))
  add('itunes:type', feed.type)
  add('podcast:guid', feed.guid)
  add('podcast:medium', 'podcast')
  channel
    .ele('podcast:locked', feed.ownerEmail ? { owner: feed.ownerEmail } : {})
    .txt(feed.isLocked ? 'yes' : 'no')
  if (feed.appleCode) channel.ele('podcast:txt', { purpose: 'applepodcastsverify' }).txt(feed.appleCode)
  for (const item of feed.items) addItem(channel, item, feed)
  return document.end({ prettyPrint: true, indent: ' ' })
}

function addCategory(channel: XMLBuilder, category: string): void {
  const [main, sub] = category.split(' > ')
  if (!main) return
  const outer = channel.ele('itunes:category', { text: main })
  if (sub) outer.ele('itunes:category', { text: sub })
}

function addItem(channel: XMLBuilder, item: FeedItem, { timeZone, isExplicit }: Feed): void {
  const element = channel.ele('item')
  const add = (name: string, text: string, attributes: Record<string, string> = {}) =>
    element.ele(name, attributes).txt(text)
  const facts = [item.speaker?.name, item.scripture, item.season?.name].filter(Boolean).join(' · ')
  const description = item.description || facts || item.title
  add('title', item.title)
  add('itunes:title', item.title)
  add('link', item.pageUrl)
  add('guid', item.guid, { isPermaLink: 'false' })
  add('pubDate', formatFeedDate(item.publishedAt, timeZone))
  add('description', description)
  add('content:encoded', toHtml(description, item.pageUrl))
  const { url, sizeBytes, contentType } = item.enclosure
  element.ele('enclosure', { url, length: String(sizeBytes), type: contentType })
  add('itunes:author', item.author)
  add('itunes:duration', String(Math.round(item.durationMs / 1000)))
  add('itunes:explicit', String(isExplicit))
  add('itunes:episodeType', 'full')
  element.ele('itunes:image', { href: item.artworkUrl })
  if (item.season) {
    add('itunes:season', String(item.season.number))
    add('podcast:season', String(item.season.number), { name: item.season.name })
  }
  if (item.season && item.episode) {
    add('itunes:episode', String(item.episode))
    add('podcast:episode', String(item.episode))
  }
  if (item.speaker) add('podcast:person', item.speaker.name, { role: 'host', href: item.speaker.url })
  if (item.scripture) add('podcast:txt', item.scripture, { purpose: 'scripture' })
  if (item.chaptersUrl) {
    element.ele('podcast:chapters', { url: item.chaptersUrl, type: 'application/json+chapters' })
  }
  for (const transcript of item.transcripts) {
    element.ele('podcast:transcript', {
      url: transcript.url,
      type: transcript.contentType,
      language: item.language,
      rel: 'captions',
    })
  }
}

/** Plain text as paragraphs of HTML with a link to the page. */
function toHtml(text: string, pageUrl: string): string {
  const paragraphs = text
    .split(/\n\s*\n/)
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
  return `${paragraphs.join('')}<p><a href="${escapeHtml(pageUrl)}">${escapeHtml(pageUrl)}</a></p>`
}
