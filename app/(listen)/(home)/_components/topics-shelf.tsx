import Link from 'next/link'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import type { SermonGroup } from '#lib/sermons/list-collections.ts'
import { Shelf } from './shelf.tsx'

/** The topics with the most sermons. */
export function TopicsShelf({ topics }: { topics: readonly SermonGroup[] }) {
  const t = useTranslations('collection')
  return (
    <Shelf id="topics" href="/topics" title={t('topicList')}>
      <ul className="mt-4 flex flex-wrap gap-2">
        {topics.map(({ slug, name, sermons }) => (
          <li key={slug} className="max-w-full">
            <Link
              href={`/topics/${slug}`}
              prefetch={false}
              className="press inline-flex min-h-10 max-w-full items-center gap-2 rounded-full border border-line-strong px-4 text-sm font-medium text-ink no-underline hover:bg-sunken"
            >
              <span {...textIn(null)} className="truncate">
                {name}
              </span>
              <span className="figures text-xs text-faint">{sermons}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Shelf>
  )
}
