import type { CollectionKind } from '#lib/sermons/collection-kind.ts'

/** What a feed is about: everything of the church, or one series, speaker or topic. */
export type FeedScope = { kind: 'church' } | { kind: CollectionKind; slug: string }

/** An episode of a feed. Addresses are absolute. */
export type FeedItem = {
  /** Stays the same for the whole life of the sermon. */
  guid: string
  title: string
  description: string
  scripture: string
  pageUrl: string
  publishedAt: string
  author: string
  speaker: { name: string; url: string } | null
  season: { number: number; name: string } | null
  episode: number | null
  durationMs: number
  enclosure: { url: string; sizeBytes: number; contentType: string }
  artworkUrl: string
  language: string
  transcripts: { url: string; contentType: string }[]
  /** Null where the recording has no chapters. */
  chaptersUrl: string | null
}

/** A page of a feed, ready to be written. Addresses are absolute. */
export type Feed = {
  guid: string
  title: string
  description: string
  /** The page of what the feed is about. */
  pageUrl: string
  selfUrl: string
  firstUrl: string
  nextUrl: string | null
  /** The WebSub hub that is notified of changes; null without one. */
  hubUrl: string | null
  language: string
  timeZone: string
  author: string
  ownerEmail: string
  category: string
  isExplicit: boolean
  isLocked: boolean
  appleCode: string
  /** `serial` where episodes belong together and apps begin with the first one. */
  type: 'episodic' | 'serial'
  artworkUrl: string
  changedAt: string | null
  items: FeedItem[]
}
