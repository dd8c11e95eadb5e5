import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { Marked } from '#components/text/text-in.ts'

/** A part of the home page: its title leads to the page of everything that it shows some of. */
export function Shelf({
  id,
  href,
  title,
  language,
  children,
}: {
  id: string
  href: string
  title: string
  /** The attributes of a title that a church wrote. */
  language?: Marked
  children: ReactNode
}) {
  return (
    <section className="mt-12 md:mt-16" aria-labelledby={id}>
      <h2 {...language} id={id} className="title text-xl">
        <Link
          href={href}
          prefetch={false}
          className="press group inline-flex items-center gap-1 hover:text-accent"
        >
          {title}
          <ChevronRight aria-hidden size={20} className="shrink-0 text-faint group-hover:text-accent" />
        </Link>
      </h2>
      {children}
    </section>
  )
}

/** A row that scrolls sideways. */
export function ShelfRow({ children }: { children: ReactNode }) {
  return (
    <ul className="-mx-5 mt-4 flex snap-x gap-4 overflow-x-auto px-5 pt-1 pb-3 [scrollbar-width:thin] md:-mx-1 md:gap-6 md:px-1">
      {children}
    </ul>
  )
}
