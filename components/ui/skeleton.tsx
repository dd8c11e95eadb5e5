import { classNames } from './class-names.ts'

/** A still shape where content will be. Shows only after 150 ms, so that a quick answer does not flicker. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className="animate-appear-late">
      <div className={classNames('animate-breathe rounded-sm bg-line', className)} />
    </div>
  )
}
