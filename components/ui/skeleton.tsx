import { classNames } from './class-names.ts'

/**
 * A placeholder while content loads. It appears after 150 ms, so that a fast answer does not flicker, and never without
 * JavaScript, where nothing would replace it.
 */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div aria-hidden className="animate-appear-late noscript:hidden">
      <div className={classNames('animate-breathe rounded-sm bg-line', className)} />
    </div>
  )
}
