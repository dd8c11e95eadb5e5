import { SermonCard } from '#components/sermon/sermon-card.tsx'
import { textIn } from '#components/text/text-in.ts'
import type { SeriesGroup } from './group-series.ts'
import { Shelf, ShelfRow } from './shelf.tsx'

/** The sermons of a series as a row of artwork. */
export function SeriesRow({ slug, title, sermons }: SeriesGroup) {
  return (
    <Shelf
      id={`series-${slug}`}
      href={`/series/${slug}`}
      title={title}
      language={textIn(sermons[0]?.language)}
    >
      <ShelfRow>
        {sermons.map((sermon) => (
          <li key={sermon.id} className="w-40 shrink-0 snap-start scroll-ml-5 md:w-48">
            <SermonCard sermon={sermon} />
          </li>
        ))}
      </ShelfRow>
    </Shelf>
  )
}
