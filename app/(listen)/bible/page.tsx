import type { Metadata } from 'next'
import Link from 'next/link'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { type BookCoverage, readCoverage } from '#lib/scripture/read-coverage.ts'
import { ChapterLegend, ChapterMap } from './_components/chapter-map.tsx'

const NEW_TESTAMENT = 40

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('bible')
  return { title: t('title'), description: t('introduction') }
}

/** The 66 books with the sermons on each chapter; books that sermons name come first. */
export default async function BiblePage() {
  const [t, coverage] = await Promise.all([readTranslations('bible'), readCoverage(services())])
  const preached = coverage.filter(({ named }) => named.some((count) => count > 0))
  const parts = [
    { name: t('preachedBooks'), books: preached },
    {
      name: t('oldTestament'),
      books: without(
        preached,
        coverage.filter(({ book }) => book.number < NEW_TESTAMENT),
      ),
    },
    {
      name: t('newTestament'),
      books: without(
        preached,
        coverage.filter(({ book }) => book.number >= NEW_TESTAMENT),
      ),
    },
  ].filter(({ books }) => books.length > 0)
  return (
    <div className="page pt-6 md:pt-10">
      <h1 className="title text-2xl md:text-3xl">{t('title')}</h1>
      <p className="mt-3 max-w-prose text-base text-soft">{t('introduction')}</p>
      <ChapterLegend />
      {parts.map(({ name, books }) => (
        <section key={name} aria-label={name} className="mt-10">
          <h2 className="title text-xl">{name}</h2>
          <ul className="mt-4 divide-y divide-line border-t border-line">
            {books.map((entry) => (
              <li
                key={entry.book.osis}
                className="grid grid-cols-1 gap-2 py-4 sm:grid-cols-[11rem_1fr] sm:gap-6"
              >
                <h3 className="text-base font-medium sm:pt-1">
                  <Link
                    href={`/bible/${entry.book.slug}`}
                    prefetch={false}
                    className="underline-offset-4 hover:underline"
                  >
                    {entry.book.name}
                  </Link>
                </h3>
                <ChapterMap {...entry} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function without(taken: readonly BookCoverage[], books: BookCoverage[]): BookCoverage[] {
  return books.filter((entry) => !taken.includes(entry))
}
