import type { Metadata } from 'next'
import { notFound, permanentRedirect } from 'next/navigation'
import { cache } from 'react'
import { currentChurch } from '#app/_server/church.ts'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { coverPath, coverVersion } from '#lib/artwork/artwork-address.ts'
import { feedPath } from '#lib/feeds/feed-path.ts'
import { readStartTime } from '#lib/listening/read-start-time.ts'
import { type CollectionKind, collectionFilter, collectionPath } from '#lib/sermons/collection-kind.ts'
import { findForwardedSlug } from '#lib/sermons/collections.ts'
import { readYear, type SermonFilter, writeFilterQuery } from '#lib/sermons/filter-sermons.ts'
import { findGroup } from '#lib/sermons/list-collections.ts'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { type PlaylistStart, seriesAddresses } from '#lib/sharing/series-addresses.ts'
import { readExtent } from './read-extent.ts'

/** The kinds of pages that list sermons. */
export type PageKind = CollectionKind | 'year'

/** What Next.js gives the page of a series, speaker, topic or year. */
export type CollectionProps = {
  params: Promise<{ slug: string } | { year: string }>
  searchParams: SearchParams
}

type Found = {
  name: string
  description: string
  path: string
  feedHref: string
  /** The cover of the collection; null for a year. */
  cover: string | null
  /** The id of a series, speaker or topic; null for a year. */
  id: string | null
  filter: SermonFilter
}

const PAGE_SIZE = 60
const queries = {
  series: '/series/[slug]',
  speaker: '/speakers/[slug]',
  topic: '/topics/[slug]',
  year: '/years/[year]',
} as const

const findCollection = cache(async (kind: PageKind, slug: string): Promise<Found> => {
  if (kind === 'year') {
    const filter = { year: readYear(slug) ?? notFound() }
    return {
      ...{ name: slug, description: '', path: `/years/${slug}`, cover: null, id: null, filter },
      feedHref: `${feedPath({ kind: 'church' })}?${writeFilterQuery(filter)}`,
    }
  }
  const found = await findGroup(services(), { kind, slug })
  if (!found) {
    const forwarded = await findForwardedSlug(services(), { kind, slug })
    if (forwarded === null) notFound()
    permanentRedirect(collectionPath(kind, forwarded))
  }
  const { id, name, description } = found
  return {
    ...{ id, name, description, path: collectionPath(kind, slug), filter: collectionFilter(kind, slug) },
    feedHref: feedPath({ kind, slug }),
    cover: coverPath(kind, id, coverVersion([name])),
  }
})

/**
 * Reads a page of the sermons of a series, speaker, topic or year. Redirects from an earlier address, and shows the "not
 * found" page for an unknown one.
 */
export async function readCollection(kind: PageKind, { params, searchParams }: CollectionProps) {
  const [slug, { after }] = await Promise.all([readSlug(params), readPageQuery(queries[kind], searchParams)])
  const { filter, ...collection } = await findCollection(kind, slug)
  const [{ sermons, next }, extent] = await Promise.all([
    listPublishedSermons(services(), { limit: PAGE_SIZE, cursor: after, ...filter }),
    readExtent(filter),
  ])
  if (sermons.length === 0) notFound()
  return {
    ...collection,
    ...{ slug, sermons, extent },
    firstHref: after ? collection.path : null,
    nextHref: next ? `${collection.path}?after=${encodeURIComponent(next)}` : null,
  }
}

/** The metadata of the page of a series, speaker, topic or year. */
export async function describeCollection(
  kind: PageKind,
  { params, searchParams }: CollectionProps,
): Promise<Metadata> {
  const slug = await readSlug(params)
  const [t, { id, name, description: written, path, feedHref, cover }] = await Promise.all([
    readTranslations('collection'),
    findCollection(kind, slug),
  ])
  const { SITE_URL } = services().env
  const base = SITE_URL.replace(/\/$/, '')
  const description = written || t(`${kind}Description`, { name })
  const oembed =
    kind === 'series' && id !== null
      ? seriesAddresses({ id, slug, title: name }, SITE_URL, await readFrameStart(searchParams)).oembed
      : null
  return {
    title: name,
    description,
    alternates: {
      canonical: `${base}${path}`,
      types: {
        'application/rss+xml': feedHref,
        ...(oembed === null ? {} : { 'application/json+oembed': [{ url: oembed, title: name }] }),
      },
    },
    openGraph: {
      ...{
        title: name,
        description,
        siteName: (await currentChurch())?.name ?? 'Selah',
        url: `${base}${path}`,
      },
      images: cover === null ? [] : [{ url: `${base}${cover}`, width: 3000, height: 3000 }],
    },
  }
}

/** Where a frame of the series on another site begins. */
async function readFrameStart(searchParams: SearchParams): Promise<PlaylistStart> {
  const { sermon, t } = await readPageQuery('/series/[slug]', searchParams)
  return { sermonSlug: sermon ?? null, startMs: readStartTime(t) }
}

async function readSlug(params: CollectionProps['params']): Promise<string> {
  const found = await params
  return 'year' in found ? found.year : found.slug
}
