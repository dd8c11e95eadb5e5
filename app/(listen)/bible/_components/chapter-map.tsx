import Link from 'next/link'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { chapterName } from '#lib/scripture/bible-books.ts'
import type { BookCoverage } from '#lib/scripture/read-coverage.ts'

const cell = 'figures inline-flex h-8 min-w-8 items-center justify-center rounded-sm border px-1 text-xs'
/** From only named to preached on often. */
const looks = [
  'border-line text-ink',
  'border-accent-line bg-accent-soft text-ink',
  'border-accent bg-accent text-accent-ink',
] as const
const OFTEN = 3

function styleOf(expounded: number): string {
  return looks[expounded === 0 ? 0 : expounded < OFTEN ? 1 : 2]
}

/** Explains the colours of the chapters. */
export function ChapterLegend() {
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

/** The chapters of a book with how often each was preached on; a link if a sermon names it. */
export function ChapterMap({ book, expounded, named }: BookCoverage) {
  const t = useTranslations('bible')
  return (
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
                className={classNames(cell, styleOf(preached), 'press hover:border-accent')}
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
  )
}
