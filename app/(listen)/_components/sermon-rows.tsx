import { SermonRow } from '#components/sermon/sermon-card.tsx'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** Sermons as rows, in two columns where there is room. */
export function SermonRows({ sermons, level }: { sermons: readonly SermonView[]; level?: 2 | 3 }) {
  return (
    <ul className="mt-3 grid grid-cols-1 gap-x-10 lg:grid-cols-2">
      {sermons.map((sermon) => (
        <li key={sermon.id} className="min-w-0 border-b border-line">
          <SermonRow sermon={sermon} {...(level ? { level } : {})} />
        </li>
      ))}
    </ul>
  )
}
