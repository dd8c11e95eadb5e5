import { classNames } from './class-names.ts'

/** A thin progress bar, of elements that are also allowed inside a line of text. `value` is 0 to 100; without it the progress is unknown. */
export function ProgressBar({
  value,
  label,
  className,
}: {
  value?: number | null
  label: string
  className?: string
}) {
  const known = typeof value === 'number'
  const percent = known ? Math.min(100, Math.max(0, value)) : 0
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={known ? Math.round(percent) : undefined}
      className={classNames('block h-1 w-full overflow-hidden rounded-full bg-line', className)}
    >
      <span
        className={classNames(
          'block h-full rounded-full bg-accent',
          known ? 'origin-left transition-transform duration-200 ease-out' : 'w-1/4 animate-slide',
        )}
        style={known ? { transform: `scaleX(${percent / 100})` } : undefined}
      />
    </span>
  )
}
