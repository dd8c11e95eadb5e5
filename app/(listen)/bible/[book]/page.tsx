import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { type BibleBook, bookBySlug } from '#lib/scripture/bible-books.ts'
import { readCoverage } from '#lib/scripture/read-coverage.ts'
import { ChapterLegend, ChapterMap } from '../_components/chapter-map.tsx'

type Props = PageProps<'/bible/[book]'>

async function readBook({ params }: Props): Promise<BibleBook> {
  return bookBySlug((await params).book) ?? notFound()
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [t, { name }] = await Promise.all([readTranslations('bible'), readBook(props)])
  return { title: name, description: t('chapterDescription', { chapter: name }) }
}

/** The chapters of a book, with how often each was preached on. */
export default async function BookPage(props: Props) {
  const [t, book, coverage] = await Promise.all([
    readTranslations('bible'),
    readBook(props),
    readCoverage(services()),
  ])
  const own = coverage.find((entry) => entry.book.number === book.number)
  if (!own) notFound()
  const isEmpty = own.named.every((count) => count === 0)
  return (
    <div className="page pt-6 md:pt-10">
      <p className="text-sm">
        <Link href="/bible" className="text-soft underline-offset-4 hover:underline">
          {t('title')}
        </Link>
      </p>
      <h1 className="title mt-1 text-2xl md:text-3xl">{book.name}</h1>
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
