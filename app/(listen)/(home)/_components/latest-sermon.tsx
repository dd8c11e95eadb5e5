import Link from 'next/link'
import { Artwork } from '#components/artwork/artwork.tsx'
import { useTranslations } from '#components/messages/use-translations.ts'
import { PlaySermon } from '#components/sermon/play-sermon.tsx'
import { SermonBadge } from '#components/sermon/sermon-badge.tsx'
import { SermonFacts } from '#components/sermon/sermon-facts.tsx'
import { titleSize } from '#components/sermon/title-size.ts'
import { sermonTrack } from '#components/sermon/to-track.ts'
import { readingIn, textIn } from '#components/text/text-in.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** The newest sermon, large. */
export function LatestSermon({ sermon }: { sermon: SermonView }) {
  const t = useTranslations('sermon')
  const { series } = sermon
  const canPlay = sermon.facets.media.status === 'ready'
  return (
    // The columns depend on the width in letters, for large text.
    <article className="@container mt-7 md:mt-10">
      <div className="grid grid-cols-1 items-center gap-6 @xl:grid-cols-[minmax(0,320px)_minmax(0,1fr)] @xl:gap-12">
        <div className="relative">
          <Link href={`/sermons/${sermon.slug}`} tabIndex={-1} aria-hidden className="block">
            <Artwork
              title={sermon.title}
              reference={sermon.scripture}
              family={sermon.series?.title ?? sermon.title}
              className="w-full"
            />
          </Link>
          {canPlay ? (
            <PlaySermon
              track={sermonTrack(sermon)}
              sizePx={68}
              look="cover"
              className="absolute! right-4 bottom-4 @xl:hidden"
            />
          ) : null}
        </div>
        <div>
          <p className="text-sm text-faint">
            {series
              ? t.rich('newestIn', {
                  series: () => (
                    <Link
                      href={`/series/${series.slug}`}
                      className="font-medium text-accent underline-offset-4 hover:underline"
                    >
                      {series.title}
                    </Link>
                  ),
                })
              : t('newest')}
          </p>
          <h2 {...textIn(sermon.language)} className={`title mt-2 wrap-anywhere ${titleSize(sermon.title)}`}>
            <Link
              href={`/sermons/${sermon.slug}`}
              className="underline-offset-[0.12em] hover:underline decoration-2"
            >
              {sermon.title}
            </Link>
          </h2>
          <SermonFacts sermon={sermon} linked className="mt-3 text-sm text-soft" />
          <SermonBadge sermon={sermon} className="mt-3" />
          {sermon.description ? (
            <p
              {...readingIn(sermon.language)}
              className="mt-4 line-clamp-2 @xl:line-clamp-3 max-w-prose font-serif text-base text-soft"
            >
              {sermon.description}
            </p>
          ) : null}
          {canPlay ? (
            <div className="mt-6 hidden flex-wrap items-center gap-4 @xl:flex">
              <PlaySermon track={sermonTrack(sermon)} sizePx={64} />
              <Link
                href={`/sermons/${sermon.slug}`}
                className="press rounded-full px-2 py-2 text-sm font-medium text-soft underline-offset-4 hover:text-ink hover:underline"
              >
                {t('readAlongAndAsk')}
              </Link>
            </div>
          ) : null}
        </div>
      </div>
    </article>
  )
}
