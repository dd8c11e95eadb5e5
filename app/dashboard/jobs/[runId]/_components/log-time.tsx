'use client'

import { useDateStyle } from '#components/dates/use-date-style.ts'
import { formatLogTime } from '#lib/dates/format-date.ts'

/** The time of day of an entry of a log. */
export function LogTime({ iso, className }: { iso: string; className?: string }) {
  return (
    <time dateTime={iso} className={className}>
      {formatLogTime(iso, useDateStyle())}
    </time>
  )
}
