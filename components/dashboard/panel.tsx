import { type ReactNode, useId } from 'react'

/** A titled part of a dashboard page. */
export function Panel({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="rounded-card border border-line bg-raised px-5 py-4.5">
      <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id={id} className="title flex-1 text-lg">
          {title}
        </h2>
        {aside}
      </div>
      {children}
    </section>
  )
}
