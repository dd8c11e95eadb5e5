import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { SermonCard } from '#components/sermon/sermon-card.tsx'
import { textIn } from '#components/text/text-in.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'

/** A series as a row of artwork that scrolls sideways. */
export function SeriesRow({ slug, title, sermons }: { slug: string; title: string; sermons: SermonView[] }) {
  return (
    <section className="mt-12 md:mt-16" aria-labelledby={`series-${slug}`}>
      <h2 {...textIn(sermons[0]?.language)} id={`series-${slug}`} className="title text-xl">
        <Link
          href={`/series/${slug}`}
          className="press group inline-flex items-center gap-1 hover:text-accent"
        >
          {title}
          <ChevronRight aria-hidden size={20} className="text-faint group-hover:text-accent" />
        </Link>
      </h2>
      <ul className="-mx-5 mt-4 flex snap-x gap-4 overflow-x-auto px-5 pt-1 pb-3 [scrollbar-width:thin] md:-mx-1 md:gap-6 md:px-1">
        {sermons.map((sermon) => (
          <li key={sermon.id} className="w-40 shrink-0 snap-start scroll-ml-5 md:w-48">
            <SermonCard sermon={sermon} />
          </li>
        ))}
      </ul>
    </section>
  )
}
