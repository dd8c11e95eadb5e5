import { Artwork } from '#components/artwork/artwork.tsx'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { SermonRow } from '#components/sermon/sermon-card.tsx'
import { titleSize } from '#components/sermon/title-size.ts'
import { sermonTrack } from '#components/sermon/to-track.ts'
import { textIn } from '#components/text/text-in.ts'
import { ButtonLink } from '#components/ui/button.tsx'
import { formatDuration } from '#components/ui/format-duration.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { FeedLink } from './feed-link.tsx'
import { FollowSeries } from './follow-series.tsx'
import { PlayAll } from './play-all.tsx'

/** The page of a series or a speaker, with its sermons, newest first. */
export function SermonCollection({
  kind,
  name,
  slug,
  sermons,
  nextHref,
  feedHref,
  total,
}: {
  kind: 'series' | 'speaker'
  name: string
  slug: string
  sermons: SermonView[]
  nextHref: string | null
  /** The podcast feed of the series or speaker. */
  feedHref: string
  /** How many sermons there are on all pages. */
  total: number
}) {
  const t = useTranslations('sermon')
  const language = useLanguage()
  const lengthMs = sermons.reduce((sum, sermon) => sum + (sermon.durationMs ?? 0), 0)
  const count = t('sermonCount', { count: total })
  return (
    <div className="page pt-6 md:pt-10">
      <header className="flex items-end gap-5 md:gap-8">
        {kind === 'series' ? (
          <Artwork title={name} reference="" family={name} className="w-28 shrink-0 md:w-44" />
        ) : null}
        <div>
          <p className="text-sm text-faint">{t(kind)}</p>
          <h1 {...textIn(null)} className={`title mt-1 wrap-anywhere ${titleSize(name)}`}>
            {name}
          </h1>
          <p className="mt-2 text-sm text-soft">
            {count}
            {lengthMs > 0 && total === sermons.length ? ` · ${formatDuration(lengthMs, language)}` : ''}
          </p>
          <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
            {kind === 'series' ? (
              <>
                <PlayAll tracks={tracksInOrder(sermons)} />
                <FollowSeries slug={slug} title={name} />
              </>
            ) : null}
            <FeedLink href={feedHref} />
          </div>
        </div>
      </header>
      <ul className="mt-8 divide-y divide-line border-t border-line">
        {sermons.map((sermon) => (
          <li key={sermon.id}>
            <SermonRow sermon={sermon} level={2} />
          </li>
        ))}
      </ul>
      {nextHref ? (
        <p className="mt-8 text-center">
          <ButtonLink href={nextHref}>{t('earlierSermons')}</ButtonLink>
        </p>
      ) : null}
    </div>
  )
}

/** What can be heard of a page, as it was preached: the list itself begins with the newest. */
const tracksInOrder = (sermons: readonly SermonView[]) =>
  sermons
    .filter(({ facets }) => facets.media.status === 'ready')
    .toReversed()
    .map((sermon) => sermonTrack(sermon))
