import type { Metadata } from 'next'
import { cookies } from 'next/headers'
import { currentChurch } from '#app/_server/church.ts'
import { readPageQuery } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { continueCookie } from '#components/library/continue-cookie.ts'
import { ClientMessages } from '#components/messages/client-messages.tsx'
import { readTranslations } from '#components/messages/read-translations.ts'
import { PageLinks } from '#components/ui/page-links.tsx'
import { coverPath } from '#lib/artwork/artwork-address.ts'
import { churchCoverVersion, type FeedChurch, findFeedChurch } from '#lib/feeds/podcast-settings.ts'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { BrowseLinks } from '../_components/browse-links.tsx'
import { SearchForm } from '../_components/search-form.tsx'
import { SermonRows } from '../_components/sermon-rows.tsx'
import { ChurchHeader } from './_components/church-header.tsx'
import { ChurchStructuredData } from './_components/church-structured-data.tsx'
import { CollectionShelves } from './_components/collection-shelves.tsx'
import { ContinueListening } from './_components/continue-listening.tsx'
import { FirstSteps } from './_components/first-steps.tsx'
import { groupSeries } from './_components/group-series.ts'
import { LatestSermon } from './_components/latest-sermon.tsx'
import { RefreshPage } from './_components/refresh-page.tsx'
import { SeriesRow } from './_components/series-row.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const [t, shell, church, feed] = await Promise.all([
    readTranslations('home'),
    readTranslations('shell'),
    currentChurch(),
    findFeedChurch(services()),
  ])
  const title = church ? t('title', { church: church.name }) : shell('productTitle')
  const description = church
    ? church.description || t('descriptionOf', { church: church.name })
    : shell('productDescription')
  const { SITE_URL } = services().env
  return {
    title: { absolute: title },
    description,
    alternates: { canonical: SITE_URL, types: { 'application/rss+xml': '/feeds/podcast.xml' } },
    openGraph: {
      ...{ title, description, type: 'website', url: SITE_URL },
      ...(feed ? { siteName: feed.name, images: [churchCover(feed, SITE_URL)] } : {}),
    },
  }
}

/** The square picture of the church that other sites show with a link. */
const churchCover = (church: FeedChurch, siteUrl: string) => ({
  url: siteUrl.replace(/\/$/, '') + coverPath('church', church.id, churchCoverVersion(church)),
  width: 3000,
  height: 3000,
})

const PAGE_SIZE = 30
/** How many of the first page's sermons are listed below the newest one. */
const LISTED_FIRST = 12

export default async function HomePage({ searchParams }: PageProps<'/'>) {
  const { after: cursor } = await readPageQuery('/', searchParams)
  const church = await currentChurch()
  if (cursor) return <EarlierSermons cursor={cursor} />
  const { sermons, next } = await listPublishedSermons(services(), { limit: LISTED_FIRST + 1 })
  if (sermons.length === 0) return <FirstSteps />

  const t = await readTranslations('home')
  // A sermon that cannot be played yet is not shown first.
  const latest = sermons.find(({ facets }) => facets.media.status === 'ready') ?? sermons[0]
  const others = sermons.filter((sermon) => sermon !== latest)
  // In a small library the row would only repeat the list.
  const [current] = next ? groupSeries(sermons) : []
  const isPreparing = sermons.some(({ facets }) => ['pending', 'running'].includes(facets.media.status))
  return (
    <div className="page pt-6 md:pt-9">
      {isPreparing ? <RefreshPage /> : null}
      {church ? (
        <>
          <ChurchStructuredData church={church} />
          <ChurchHeader church={church} />
        </>
      ) : (
        <h1 className="sr-only">{t('sermons')}</h1>
      )}
      <div className="mt-5 flex flex-wrap items-center gap-x-8 gap-y-4">
        <SearchForm />
        {others.length > 0 ? <BrowseLinks /> : null}
      </div>

      <ClientMessages areas={['home']}>
        <ContinueListening isExpected={(await cookies()).has(continueCookie)} />
      </ClientMessages>
      {latest ? <LatestSermon sermon={latest} /> : null}

      {current ? <SeriesRow {...current} /> : null}

      {others.length > 0 ? (
        <section className="mt-12 md:mt-16" aria-labelledby="more-sermons">
          <h2 id="more-sermons" className="title text-xl">
            {t('newestFirst')}
          </h2>
          <SermonRows sermons={others} />
        </section>
      ) : null}
      <PageLinks firstHref={null} nextHref={next && laterPage(next)} nextLabel={t('earlierSermons')} />

      <CollectionShelves />
    </div>
  )
}

/** A later page of the list: only sermons. */
async function EarlierSermons({ cursor }: { cursor: string }) {
  const [t, { sermons, next }] = await Promise.all([
    readTranslations('home'),
    listPublishedSermons(services(), { limit: PAGE_SIZE, cursor }),
  ])
  return (
    <div className="page pt-6 md:pt-9">
      <div className="flex flex-wrap items-center gap-x-10 gap-y-4">
        <h1 className="title text-2xl">{t('earlierSermons')}</h1>
        <SearchForm />
      </div>
      <SermonRows sermons={sermons} level={2} />
      <PageLinks firstHref="/" nextHref={next && laterPage(next)} nextLabel={t('earlierSermons')} />
    </div>
  )
}

const laterPage = (cursor: string) => `/?after=${encodeURIComponent(cursor)}`
