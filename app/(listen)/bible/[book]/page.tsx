import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { currentChurch } from '#app/_server/church.ts'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { feedPath } from '#lib/feeds/feed-path.ts'
import { type BibleBook, bookBySlug } from '#lib/scripture/bible-books.ts'
import { readCoverage } from '#lib/scripture/read-coverage.ts'
import { writeFilterQuery } from '#lib/sermons/filter-sermons.ts'
import { listPublishedSermons } from '#lib/sermons/list-sermons.ts'
import { collectionTrail } from '#lib/sharing/sermon-data.ts'
import { CollectionHeader } from '../../_components/collection-header.tsx'
import { readExtent } from '../../_components/read-extent.ts'
import { SermonRows } from '../../_components/sermon-rows.tsx'
import { StructuredData } from '../../_components/structured-data.tsx'
import { ChapterLegend, ChapterMap } from '../_components/chapter-map.tsx'

/** The newest on the book; the others are one link away, in the list of all sermons. */
const SHOWN_SERMONS = 20

type Props = PageProps<'/bible/[book]'>

async function readBook({ params }: Props): Promise<BibleBook> {
  return bookBySlug((await params).book) ?? notFound()
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [t, { name, slug }] = await Promise.all([readTranslations('bible'), readBook(props)])
  return {
    title: name,
    description: t('chapterDescription', { chapter: name }),
    alternates: { canonical: `${services().env.SITE_URL.replace(/\/$/, '')}/bible/${slug}` },
  }
}

/** What was preached on a book, and its chapters, with how often each was preached on. */
export default async function BookPage(props: Props) {
  const book = await readBook(props)
  const [t, church, { sermons }, coverage, extent] = await Promise.all([
    readTranslations('bible'),
    currentChurch(),
    listPublishedSermons(services(), { book, limit: SHOWN_SERMONS }),
    readCoverage(services()),
    readExtent({ book }),
  ])
  const own = coverage.find((entry) => entry.book.number === book.number)
  if (!own) notFound()
  const isEmpty = own.named.every((count) => count === 0)
  return (
    <div className="page pt-6 md:pt-10">
      <StructuredData
        data={collectionTrail(
          { list: t('title'), listPath: '/bible', name: book.name, path: `/bible/${book.slug}` },
          { siteUrl: services().env.SITE_URL, churchName: church?.name ?? null },
        )}
      />
      <CollectionHeader
        list={{ name: t('title'), path: '/bible' }}
        name={book.name}
        extent={extent}
        feedHref={extent.total > 0 ? `${feedPath({ kind: 'church' })}?${writeFilterQuery({ book })}` : null}
      />
      {isEmpty ? (
        <p className="mt-3 text-base text-soft">{t('nothingText', { chapter: book.name })}</p>
      ) : (
        <ChapterLegend />
      )}
      <section aria-label={t('chapters')} className="mt-8">
        <ChapterMap {...own} />
      </section>
      {sermons.length > 0 ? (
        <section aria-labelledby="sermons" className="mt-10">
          <h2 id="sermons" className="title text-xl">
            {t('sermonsOn', { book: book.name })}
          </h2>
          <SermonRows sermons={sermons} />
          {extent.total > sermons.length ? (
            <p className="mt-8 text-center">
              <ButtonLink href={`/sermons?${writeFilterQuery({ book })}`}>
                {t('allSermonsOn', { count: extent.total, book: book.name })}
              </ButtonLink>
            </p>
          ) : null}
        </section>
      ) : null}
    </div>
  )
}
