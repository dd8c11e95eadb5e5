import type { Metadata } from 'next'
import { notFound, permanentRedirect } from 'next/navigation'
import { cache } from 'react'
import { readPageQuery, type SearchParams } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { feedPath } from '#lib/feeds/feed-path.ts'
import { type CollectionKind, findForwardedSlug } from '#lib/sermons/collections.ts'
import { countPublishedSermons, listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { seriesAddresses } from '#lib/sharing/series-addresses.ts'

/** What Next.js gives the page of a series or speaker. */
export type CollectionProps = {
  params: Promise<{ slug: string }>
  searchParams: SearchParams
}

const PAGE_SIZE = 60
const paths = { series: '/series', speaker: '/speakers' } as const

const readPage = cache(async (kind: CollectionKind, slug: string, cursor: string | undefined) => {
  const filter = kind === 'series' ? { seriesSlug: slug } : { speakerSlug: slug }
  const page = await listPublishedSermons(services(), { limit: PAGE_SIZE, cursor, ...filter })
  const [first] = page.sermons
  const name = kind === 'series' ? first?.series?.title : first?.speaker?.name
  if (!name) {
    const forwarded = await findForwardedSlug(services(), { kind, slug })
    if (forwarded === null) notFound()
    permanentRedirect(`${paths[kind]}/${forwarded}`)
  }
  const total = await countPublishedSermons(services(), filter)
  return { ...page, name, total }
})

/**
 * Reads a page of the sermons of a series or speaker. Redirects from an earlier address, and shows the "not found" page
 * for an unknown one.
 */
export async function readCollection(kind: CollectionKind, { params, searchParams }: CollectionProps) {
  const [{ slug }, { after }] = await Promise.all([
    params,
    readPageQuery(`${paths[kind]}/[slug]`, searchParams),
  ])
  const { sermons, name, total, next } = await readPage(kind, slug, after)
  const path = `${paths[kind]}/${slug}`
  return {
    ...{ name, slug, sermons, total, path },
    feedHref: feedPath({ kind, slug }),
    nextHref: next ? `${path}?after=${encodeURIComponent(next)}` : null,
  }
}

/** The metadata of the page of a series or speaker. */
export async function describeCollection(kind: CollectionKind, props: CollectionProps): Promise<Metadata> {
  const [t, { name, path, feedHref, sermons }] = await Promise.all([
    readTranslations('sermon'),
    readCollection(kind, props),
  ])
  const { SITE_URL } = services().env
  const series = kind === 'series' ? sermons[0]?.series : null
  return {
    title: name,
    description: t(kind === 'series' ? 'seriesDescription' : 'speakerDescription', { name }),
    alternates: {
      canonical: `${SITE_URL.replace(/\/$/, '')}${path}`,
      types: {
        'application/rss+xml': feedHref,
        ...(series
          ? { 'application/json+oembed': [{ url: seriesAddresses(series, SITE_URL).oembed, title: name }] }
          : {}),
      },
    },
  }
}
