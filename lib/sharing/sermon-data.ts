import { feedPath } from '#lib/feeds/feed-path.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { sermonAddresses } from '#lib/sharing/sermon-addresses.ts'

/** A published sermon as search engines read it (schema.org): an episode with its audio, and the way to it. */
export function sermonData(
  sermon: SermonView,
  { siteUrl, churchName }: { siteUrl: string; churchName: string | null },
): Record<string, unknown> {
  const base = siteUrl.replace(/\/$/, '')
  const { page, cover, audio } = sermonAddresses(sermon, siteUrl)
  const { speaker, series } = sermon
  const duration =
    sermon.durationMs === null ? {} : { duration: `PT${Math.round(sermon.durationMs / 1000)}S` }
  const published = sermon.preachedOn ?? sermon.publishedAt
  const trail = [
    { name: churchName ?? 'Selah', item: `${base}/` },
    ...(series ? [{ name: series.title, item: `${base}/series/${series.slug}` }] : []),
    { name: sermon.title, item: page },
  ]
  const episode = {
    '@type': 'PodcastEpisode',
    '@id': page,
    url: page,
    name: sermon.title,
    ...(sermon.description ? { description: sermon.description } : {}),
    ...(published ? { datePublished: published } : {}),
    inLanguage: sermon.language,
    image: cover,
    ...duration,
    ...(speaker
      ? { author: { '@type': 'Person', name: speaker.name, url: `${base}/speakers/${speaker.slug}` } }
      : {}),
    partOfSeries: {
      '@type': 'PodcastSeries',
      name: series?.title ?? churchName ?? 'Selah',
      url: series ? `${base}/series/${series.slug}` : `${base}/`,
      webFeed: `${base}${feedPath(series ? { kind: 'series', slug: series.slug } : { kind: 'church' })}`,
    },
    ...(sermon.facets.media.status === 'ready'
      ? {
          associatedMedia: {
            '@type': 'AudioObject',
            name: sermon.title,
            contentUrl: audio,
            encodingFormat: 'audio/mp4',
            ...duration,
          },
        }
      : {}),
  }
  return { '@context': 'https://schema.org', '@graph': [episode, breadcrumbs(trail)] }
}

/** The way to the page of a collection, as search engines read it (schema.org). */
export function collectionTrail(
  { list, listPath, name, path }: { list: string; listPath: string; name: string; path: string },
  { siteUrl, churchName }: { siteUrl: string; churchName: string | null },
): Record<string, unknown> {
  const base = siteUrl.replace(/\/$/, '')
  const trail = [
    { name: churchName ?? 'Selah', item: `${base}/` },
    { name: list, item: `${base}${listPath}` },
    { name, item: `${base}${path}` },
  ]
  return { '@context': 'https://schema.org', ...breadcrumbs(trail) }
}

const breadcrumbs = (trail: readonly { name: string; item: string }[]) => ({
  '@type': 'BreadcrumbList',
  itemListElement: trail.map((entry, index) => ({ '@type': 'ListItem', position: index + 1, ...entry })),
})

/** Data as the content of a script element: no text in it can end the element. */
export function renderData(data: Record<string, unknown>): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
