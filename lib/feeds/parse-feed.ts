import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'

const ATTRIBUTE = '@'
const TEXT = '#text'

// A feed of another program may contain anything. A value of an unexpected shape counts as missing.
const elementSchema = z.record(z.string(), z.unknown()).catch({})
const channelSchema = z.object({ rss: z.object({ channel: z.record(z.string(), z.unknown()) }) })

type Element = Record<string, unknown>

/** An episode as podcast apps find it; what is not there is null. */
export type ParsedItem = {
  title: string | null
  guid: string | null
  publishedAt: string | null
  duration: string | null
  enclosure: { url: string; length: string; type: string } | null
}

/** A feed as podcast apps find it; what is not there is null. */
export type ParsedFeed = {
  title: string | null
  description: string | null
  link: string | null
  language: string | null
  author: string | null
  ownerEmail: string | null
  category: string | null
  explicit: string | null
  guid: string | null
  artworkUrl: string | null
  items: ParsedItem[]
}

/** Reads a feed. Throws an Error that says why it is not well-formed, or that it is not a feed. */
export function parseFeed(xml: string): ParsedFeed {
  const valid = XMLValidator.validate(xml)
  if (valid !== true) throw new Error(`Line ${valid.err.line}: ${valid.err.msg}`)
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: ATTRIBUTE,
    textNodeName: TEXT,
    parseTagValue: false,
    parseAttributeValue: false,
    isArray: (name) => name === 'item' || name === 'itunes:category',
  })
  const parsed = channelSchema.safeParse(parser.parse(xml))
  if (!parsed.success) throw new Error('It has no <channel> in an <rss> element.')
  const { channel } = parsed.data.rss
  const items = z.array(elementSchema).safeParse(channel.item)
  const categories = z.array(elementSchema).safeParse(channel['itunes:category'])
  return {
    title: readText(channel, 'title'),
    description: readText(channel, 'description'),
    link: readText(channel, 'link'),
    language: readText(channel, 'language'),
    author: readText(channel, 'itunes:author'),
    ownerEmail: readText(elementSchema.parse(channel['itunes:owner']), 'itunes:email'),
    category: readAttribute(categories.data?.[0], 'text'),
    explicit: readText(channel, 'itunes:explicit'),
    guid: readText(channel, 'podcast:guid'),
    artworkUrl: readAttribute(channel['itunes:image'], 'href'),
    items: (items.data ?? []).map(toItem),
  }
}

function toItem(item: Element): ParsedItem {
  const { enclosure } = item
  return {
    title: readText(item, 'title'),
    guid: readText(item, 'guid'),
    publishedAt: readText(item, 'pubDate'),
    duration: readText(item, 'itunes:duration'),
    enclosure:
      enclosure === undefined
        ? null
        : {
            url: readAttribute(enclosure, 'url') ?? '',
            length: readAttribute(enclosure, 'length') ?? '',
            type: readAttribute(enclosure, 'type') ?? '',
          },
  }
}

/** The text of a child; of several children, the first. */
function readText(parent: Element, name: string): string | null {
  const value = parent[name]
  const first: unknown = Array.isArray(value) ? value[0] : value
  const text = typeof first === 'string' ? first : elementSchema.parse(first)[TEXT]
  return (typeof text === 'string' && text.trim()) || null
}

function readAttribute(element: unknown, name: string): string | null {
  const value = elementSchema.parse(element)[`${ATTRIBUTE}${name}`]
  return (typeof value === 'string' && value.trim()) || null
}
