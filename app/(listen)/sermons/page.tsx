import type { Metadata } from 'next'
import { readPageQuery } from '#app/_server/page-queries.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { SermonRow } from '#components/sermon/sermon-card.tsx'
import { EmptyState } from '#components/ui/empty-state.tsx'
import { PageLinks } from '#components/ui/page-links.tsx'
import { readSearchOptions } from '#lib/search/read-search-options.ts'
import { type SermonFilter, toSermonFilter, writeFilterQuery } from '#lib/sermons/filter-sermons.ts'
import { countPublishedSermons, listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { FeedLink } from '../_components/feed-link.tsx'
import { LibraryFilters } from './_components/library-filters.tsx'

type Props = PageProps<'/sermons'>

const PAGE_SIZE = 40

async function readAddress({
  searchParams,
}: Props): Promise<{ filter: SermonFilter; cursor?: string | undefined }> {
  const { after, ...query } = await readPageQuery('/sermons', searchParams)
  return { filter: toSermonFilter(query), cursor: after }
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [t, { filter }] = await Promise.all([readTranslations('library'), readAddress(props)])
  const query = writeFilterQuery(filter)
  return {
    title: t('title'),
    description: t('description'),
    alternates: { types: { 'application/rss+xml': `/feeds/podcast.xml${query && `?${query}`}` } },
  }
}

/** Every published sermon, newest first, by series, speaker, book and year. */
export default async function LibraryPage(props: Props) {
  const { filter, cursor } = await readAddress(props)
  const [t, options, page, count] = await Promise.all([
    readTranslations('library'),
    readSearchOptions(services(), { memberOf: [] }),
    listPublishedSermons(services(), { ...filter, limit: PAGE_SIZE, cursor }),
    countPublishedSermons(services(), filter),
  ])
  const query = writeFilterQuery(filter)
  const nextQuery = page.next && [query, `after=${encodeURIComponent(page.next)}`].filter(Boolean).join('&')
  return (
    <div className="page pt-6 md:pt-10">
      <h1 className="title text-2xl md:text-3xl">{t('title')}</h1>
      <LibraryFilters filter={filter} options={options} />
      <div className="mt-6 flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <p className="text-sm text-soft">{t('count', { count })}</p>
        <FeedLink href={`/feeds/podcast.xml${query && `?${query}`}`} />
      </div>
      {page.sermons.length === 0 ? <EmptyState title={t(query ? 'nothing' : 'nothingYet')} /> : null}
      <ul className="mt-2 divide-y divide-line border-t border-line">
        {page.sermons.map((sermon) => (
          <li key={sermon.id}>
            <SermonRow sermon={sermon} level={2} />
          </li>
        ))}
      </ul>
      <PageLinks
        firstHref={cursor ? `/sermons${query && `?${query}`}` : null}
        nextHref={nextQuery ? `/sermons?${nextQuery}` : null}
        nextLabel={t('earlier')}
      />
    </div>
  )
}
