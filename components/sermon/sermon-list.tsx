import { Artwork } from '#components/artwork/artwork.tsx'
import { ButtonLink } from '#components/ui/button.tsx'
import { formatDuration } from '#components/ui/format-duration.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { SermonRow } from './sermon-card.tsx'
import { titleSize } from './title-size.ts'

/** The page of a series or of a speaker: who or what it is, and their sermons, newest first. */
export function SermonList({
  kind,
  name,
  sermons,
  nextHref,
}: {
  kind: 'Series' | 'Speaker'
  name: string
  sermons: SermonView[]
  nextHref: string | null
}) {
  const lengthMs = sermons.reduce((sum, sermon) => sum + (sermon.durationMs ?? 0), 0)
  const count = nextHref ? `${sermons.length} and more sermons` : countSermons(sermons.length)
  return (
    <div className="page pt-6 md:pt-10">
      <header className="flex items-end gap-5 md:gap-8">
        {kind === 'Series' ? (
          <Artwork title={name} reference="" family={name} className="w-28 shrink-0 md:w-44" />
        ) : null}
        <div>
          <p className="text-sm text-faint">{kind}</p>
          <h1 className={`title mt-1 wrap-anywhere ${titleSize(name)}`}>{name}</h1>
          <p className="mt-2 text-sm text-soft">
            {count}
            {lengthMs > 0 && !nextHref ? ` · ${formatDuration(lengthMs)}` : ''}
          </p>
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
          <ButtonLink href={nextHref}>Earlier sermons</ButtonLink>
        </p>
      ) : null}
    </div>
  )
}

const countSermons = (count: number) => (count === 1 ? '1 sermon' : `${count} sermons`)
