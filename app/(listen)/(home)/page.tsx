import type { Metadata } from 'next'
import { readPageQuery } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { SermonRow } from '#components/sermon/sermon-card.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { BrowseLinks } from '../_components/browse-links.tsx'
import { SearchForm } from '../_components/search-form.tsx'
import { FirstSteps } from './_components/first-steps.tsx'
import { groupSeries } from './_components/group-series.ts'
import { LatestSermon } from './_components/latest-sermon.tsx'
import { RefreshPage } from './_components/refresh-page.tsx'
import { SeriesRow } from './_components/series-row.tsx'

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('shell')
  return {
    title: { absolute: t('productTitle') },
    alternates: {
      canonical: services().env.SITE_URL,
      types: { 'application/rss+xml': '/feeds/podcast.xml' },
    },
  }
}

const PAGE_SIZE = 30

export default async function HomePage({ searchParams }: PageProps<'/'>) {
  const { after: cursor } = await readPageQuery('/', searchParams)
  const { sermons, next } = await listPublishedSermons(services(), { limit: PAGE_SIZE, cursor })
  if (sermons.length === 0 && !cursor) return <FirstSteps />

  const t = await readTranslations('home')
  // A sermon that cannot be played yet is not shown first.
  const latest = cursor
    ? undefined
    : (sermons.find(({ facets }) => facets.media.status === 'ready') ?? sermons[0])
  const others = sermons.filter((sermon) => sermon !== latest)
  const series = cursor ? [] : groupSeries(sermons)
  const isPreparing = sermons.some(({ facets }) => ['pending', 'running'].includes(facets.media.status))
  return (
    <div className="page pt-6 md:pt-9">
      {isPreparing ? <RefreshPage /> : null}
      <div className="flex flex-wrap items-center gap-x-10 gap-y-4">
        <h1 className={cursor ? 'title text-2xl' : 'sr-only'}>{t(cursor ? 'earlierSermons' : 'sermons')}</h1>
        <SearchForm />
      </div>
      {cursor ? null : <BrowseLinks className="mt-5" />}

      {latest ? <LatestSermon sermon={latest} /> : null}

      {series.map(({ slug, title, sermons: inSeries }) => (
        <SeriesRow key={slug} slug={slug} title={title} sermons={inSeries} />
      ))}

      {others.length > 0 ? (
        <section className="mt-12 md:mt-16" aria-labelledby="more-sermons">
          <h2 id="more-sermons" className={cursor ? 'sr-only' : 'title text-xl'}>
            {t(cursor ? 'sermons' : 'newestFirst')}
          </h2>
          <ul className="mt-3 divide-y divide-line">
            {others.map((sermon) => (
              <li key={sermon.id}>
                <SermonRow sermon={sermon} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}

      {next ? (
        <p className="mt-8 text-center">
          <ButtonLink href={`/?after=${encodeURIComponent(next)}`}>{t('earlierSermons')}</ButtonLink>
        </p>
      ) : null}
    </div>
  )
}
