import Link from 'next/link'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import type { BibleBook } from '#lib/scripture/bible-books.ts'
import { Shelf } from './shelf.tsx'

const cell =
  'figures inline-flex h-9 w-full items-center justify-center rounded-sm border text-xs whitespace-nowrap'
const OFTEN = 3

/** Which books of the Bible this church has preached on, and how often. */
export function BibleShelf({ counts }: { counts: readonly { book: BibleBook; sermons: number }[] }) {
  const t = useTranslations('home')
  const bible = useTranslations('bible')
  const preached = counts.filter(({ sermons }) => sermons > 0).length
  return (
    <Shelf id="bible" href="/bible" title={bible('title')}>
      <p className="mt-1 text-sm text-soft">{t('bibleBooks', { count: preached })}</p>
      <ul className="mt-4 grid grid-cols-[repeat(auto-fill,minmax(3.25rem,1fr))] gap-1">
        {counts.map(({ book, sermons }) => (
          <li key={book.osis}>
            {sermons === 0 ? (
              <span title={book.name} className={classNames(cell, 'border-transparent text-faint')}>
                {book.osis}
              </span>
            ) : (
              <Link
                href={`/bible/${book.slug}`}
                prefetch={false}
                title={t('bookLabel', { book: book.name, count: sermons })}
                className={classNames(
                  cell,
                  'press no-underline hover:border-accent',
                  sermons < OFTEN
                    ? 'border-accent-line bg-accent-soft text-ink'
                    : 'border-accent bg-accent text-accent-ink',
                )}
              >
                <span aria-hidden>{book.osis}</span>
                <span className="sr-only">{t('bookLabel', { book: book.name, count: sermons })}</span>
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Shelf>
  )
}
