import { classNames } from './class-names.ts'

/** A placeholder while content loads. It appears after 150 ms, so that a fast answer does not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className="animate-appear-late">
      <div className={classNames('animate-breathe rounded-sm bg-line', className)} />
    </div>
  )
}
