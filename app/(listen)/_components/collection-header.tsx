import Link from 'next/link'
import type { ReactNode } from 'react'
import { Artwork } from '#components/artwork/artwork.tsx'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { titleSize } from '#components/sermon/title-size.ts'
import { textIn } from '#components/text/text-in.ts'
import { formatDuration } from '#components/ui/format-duration.ts'
import { FeedLink } from './feed-link.tsx'
import { PlayCollection } from './play-collection.tsx'
import type { Extent } from './read-extent.ts'

/** The top of a page that collects sermons: what it is, how much there is of it, and how to hear it. */
export function CollectionHeader({
  list,
  name,
  description = '',
  extent: { total, lengthMs, playable },
  feedHref,
  action = null,
}: {
  /** The page that lists all collections of the kind. */
  list: { name: string; path: string }
  name: string
  description?: string
  extent: Extent
  /** The podcast feed; null where there is none. */
  feedHref: string | null
  /** What else can be done with it. */
  action?: ReactNode
}) {
  const t = useTranslations('library')
  const language = useLanguage()
  return (
    <header className="grid grid-cols-[min(7rem,30%)_minmax(0,1fr)] gap-x-5 gap-y-3 md:grid-cols-[min(11rem,30%)_minmax(0,1fr)] md:grid-rows-[auto_1fr] md:gap-x-8">
      <Artwork title={name} reference="" family={name} className="md:row-span-2" />
      <div className="self-end md:self-start">
        <p className="text-sm">
          <Link href={list.path} className="text-soft underline-offset-4 hover:underline">
            {list.name}
          </Link>
        </p>
        <h1 {...textIn(null)} className={`title mt-1 wrap-anywhere ${titleSize(name)}`}>
          {name}
        </h1>
        {total > 0 ? (
          <p className="mt-2 text-sm text-soft">
            {t('count', { count: total })}
            {lengthMs > 0 ? ` · ${formatDuration(lengthMs, language)}` : ''}
          </p>
        ) : null}
      </div>
      <div className="col-span-2 md:col-span-1">
        {description ? (
          <p {...textIn(null)} className="mb-3 max-w-prose text-base whitespace-pre-line">
            {description}
          </p>
        ) : null}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          {playable ? <PlayCollection {...playable} /> : null}
          {action}
          {feedHref === null ? null : <FeedLink href={feedHref} />}
        </div>
      </div>
    </header>
  )
}
