import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { services } from '#app/_server/services.ts'
import { MAX_LISTED } from '#components/library/own-library.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { sermonTrack } from '#components/sermon/to-track.ts'
import { feedPath } from '#lib/feeds/feed-path.ts'
import { type BibleBook, bookBySlug } from '#lib/scripture/bible-books.ts'
import { readCoverage } from '#lib/scripture/read-coverage.ts'
import { writeFilterQuery } from '#lib/sermons/filter-sermons.ts'
import { listPlayableSermons, measurePublishedSermons } from '#lib/sermons/list-sermons.ts'
import { CollectionHeader } from '../../_components/collection-header.tsx'
import { ChapterLegend, ChapterMap } from '../_components/chapter-map.tsx'

type Props = PageProps<'/bible/[book]'>

async function readBook({ params }: Props): Promise<BibleBook> {
  return bookBySlug((await params).book) ?? notFound()
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [t, { name }] = await Promise.all([readTranslations('bible'), readBook(props)])
  return { title: name, description: t('chapterDescription', { chapter: name }) }
}

/** What was preached on a book, and its chapters, with how often each was preached on. */
export default async function BookPage(props: Props) {
  const book = await readBook(props)
  const [t, coverage, { sermons: total, lengthMs }, playable] = await Promise.all([
    readTranslations('bible'),
    readCoverage(services()),
    measurePublishedSermons(services(), { book }),
    listPlayableSermons(services(), { book, limit: MAX_LISTED }),
  ])
  const own = coverage.find((entry) => entry.book.number === book.number)
  if (!own) notFound()
  const isEmpty = own.named.every((count) => count === 0)
  return (
    <div className="page pt-6 md:pt-10">
      <CollectionHeader
        list={{ name: t('title'), path: '/bible' }}
        name={book.name}
        {...{ total, lengthMs }}
        tracks={playable.map((sermon) => sermonTrack(sermon))}
        feedHref={total > 0 ? `${feedPath({ kind: 'church' })}?${writeFilterQuery({ book })}` : null}
      />
      {isEmpty ? (
        <p className="mt-3 text-base text-soft">{t('nothingText', { chapter: book.name })}</p>
      ) : (
        <ChapterLegend />
      )}
      <section aria-label={t('chapters')} className="mt-8">
        <ChapterMap {...own} />
      </section>
    </div>
  )
}
