'use client'

import { formatMoment, formatRelative } from '#lib/dates/format-date.ts'
import { useDateStyle } from './use-date-style.ts'
import { useNow } from './use-now.ts'

/** A time relative to now, kept up to date; the exact time is its title. */
export function RelativeTime({ iso, className }: { iso: string; className?: string }) {
  const style = useDateStyle()
  const nowMs = useNow('halfMinute')
  const exact = formatMoment(iso, style)
  return (
    <time dateTime={iso} title={exact} className={className}>
      {nowMs === null ? exact : formatRelative(iso, nowMs, style.language)}
    </time>
  )
}
