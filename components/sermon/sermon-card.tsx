import Link from 'next/link'
import { Artwork } from '#components/artwork/artwork.tsx'
import { textIn } from '#components/text/text-in.ts'
import { classNames } from '#components/ui/class-names.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { PlaySermon } from './play-sermon.tsx'
import { SermonBadge } from './sermon-badge.tsx'
import { SermonFacts } from './sermon-facts.tsx'
import { sermonTrack } from './to-track.ts'

const family = (sermon: SermonView) => sermon.series?.title ?? sermon.title

/** A sermon with its artwork above; for rows and grids. */
export function SermonCard({ sermon, className }: { sermon: SermonView; className?: string }) {
  const canPlay = sermon.facets.media.status === 'ready'
  return (
    <article className={classNames('group relative flex flex-col', className)}>
      <div className="relative">
        <Artwork
          title={sermon.title}
          reference={sermon.scripture}
          family={family(sermon)}
          className="w-full transition-opacity duration-150 group-hover:opacity-92"
        />
        {canPlay ? (
          <PlaySermon
            track={sermonTrack(sermon)}
            sizePx={44}
            look="cover"
            className="absolute! right-2.5 bottom-2.5 z-10"
          />
        ) : null}
      </div>
      <h3
        {...textIn(sermon.language)}
        className="mt-3 font-serif text-base leading-snug font-semibold wrap-anywhere"
      >
        <Link href={`/sermons/${sermon.slug}`} className="after:absolute after:inset-0 hover:underline">
          {sermon.title}
        </Link>
      </h3>
      <SermonFacts sermon={sermon} brief className="mt-0.5 text-xs text-faint" />
      <SermonBadge sermon={sermon} className="mt-1.5" />
    </article>
  )
}

/** A sermon as a row of a list. */
export function SermonRow({ sermon, level = 3 }: { sermon: SermonView; level?: 2 | 3 }) {
  const Heading = `h${level}` as const
  const canPlay = sermon.facets.media.status === 'ready'
  return (
    <article className="@container group relative">
      {/* The width is in letters: with large text the title takes the place of the picture. */}
      <div className="flex items-center gap-4 py-3.5">
        <Artwork
          title={sermon.title}
          reference={sermon.scripture}
          family={family(sermon)}
          isSmall
          className="size-16 shrink-0 rounded-sm @max-3xs:hidden sm:size-18"
        />
        <div className="min-w-0 flex-1">
          <Heading
            {...textIn(sermon.language)}
            className="font-serif text-base leading-snug font-semibold wrap-anywhere"
          >
            <Link href={`/sermons/${sermon.slug}`} className="after:absolute after:inset-0 hover:underline">
              {sermon.title}
            </Link>
          </Heading>
          <SermonFacts sermon={sermon} className="mt-0.5 text-xs text-faint" />
          <SermonBadge sermon={sermon} className="mt-1.5" />
        </div>
        {canPlay ? (
          <PlaySermon track={sermonTrack(sermon)} sizePx={44} look="quiet" className="z-10" />
        ) : null}
      </div>
    </article>
  )
}
