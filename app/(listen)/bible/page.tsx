import type { Metadata } from 'next'
import Link from 'next/link'
import { services } from '#app/_server/services.ts'
import { readTranslations } from '#components/messages/read-translations.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { chapterName } from '#lib/scripture/bible-books.ts'
import { type BookCoverage, readCoverage } from '#lib/scripture/read-coverage.ts'

const NEW_TESTAMENT = 40

export async function generateMetadata(): Promise<Metadata> {
  const t = await readTranslations('bible')
  return { title: t('title'), description: t('introduction') }
}

/** The 66 books with what has been preached on each chapter. */
export default async function BiblePage() {
  const [t, coverage] = await Promise.all([readTranslations('bible'), readCoverage(services())])
  const parts = [
    { name: t('oldTestament'), books: coverage.filter(({ book }) => book.number < NEW_TESTAMENT) },
    { name: t('newTestament'), books: coverage.filter(({ book }) => book.number >= NEW_TESTAMENT) },
  ]
  return (
    <div className="page pt-6 md:pt-10">
      <h1 className="title text-2xl md:text-3xl">{t('title')}</h1>
      <p className="mt-3 max-w-prose text-base text-soft">{t('introduction')}</p>
      <Legend />
      {parts.map(({ name, books }) => (
        <section key={name} aria-label={name} className="mt-10">
          <h2 className="title text-xl">{name}</h2>
          <ul className="mt-4 divide-y divide-line border-t border-line">
            {books.map((entry) => (
              <Book key={entry.book.osis} {...entry} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

const cell = 'figures inline-flex h-8 min-w-8 items-center justify-center rounded-md border px-1 text-xs'
/** From only named to preached on often. */
const looks = [
  'border-line text-ink',
  'border-accent-line bg-accent-soft text-ink',
  'border-accent bg-accent text-accent-ink',
] as const
const OFTEN = 3

function lookOf(expounded: number): string {
  return looks[expounded === 0 ? 0 : expounded < OFTEN ? 1 : 2]
}

function Legend() {
  const t = useTranslations('bible')
  const entries = [
    { look: looks[2], text: t('often', { count: OFTEN }) },
    { look: looks[1], text: t('preached') },
    { look: looks[0], text: t('onlyNamed') },
  ]
  return (
    <ul className="mt-5 flex flex-wrap gap-x-6 gap-y-2 text-sm text-soft">
      {entries.map(({ look, text }) => (
        <li key={text} className="inline-flex items-center gap-2">
          <span aria-hidden className={classNames('size-4 rounded-sm border', look)} />
          {text}
        </li>
      ))}
    </ul>
  )
}

function Book({ book, expounded, named }: BookCoverage) {
  const t = useTranslations('bible')
  return (
    <li className="grid gap-2 py-4 sm:grid-cols-[11rem_1fr] sm:gap-6">
      <h3 className="text-base font-medium sm:pt-1">{book.name}</h3>
      <ol className="flex flex-wrap gap-1">
        {book.verses.map((_, place) => {
          const chapter = place + 1
          const [preached, all] = [expounded[place] ?? 0, named[place] ?? 0]
          return (
            <li key={chapter}>
              {all === 0 ? (
                <span className={classNames(cell, 'border-transparent text-faint')}>{chapter}</span>
              ) : (
                <Link
                  href={`/bible/${book.slug}/${chapter}`}
                  prefetch={false}
                  className={classNames(cell, lookOf(preached), 'press hover:border-accent')}
                  aria-label={t('chapterLabel', {
                    chapter: `${chapterName(book)} ${chapter}`,
                    preached,
                    named: all,
                  })}
                >
                  {chapter}
                </Link>
              )}
            </li>
          )
        })}
      </ol>
    </li>
  )
}
