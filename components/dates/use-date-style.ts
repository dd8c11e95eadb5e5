import { useMemo } from 'react'
import { useLanguage } from '#components/messages/use-language.ts'
import type { DateStyle } from '#lib/dates/format-date.ts'
import { useTimeZone } from './time-zone.tsx'

/** How the reader of this page sees dates and times. For client components. */
export function useDateStyle(): DateStyle {
  const language = useLanguage()
  const timeZone = useTimeZone()
  return useMemo(() => ({ language, timeZone }), [language, timeZone])
}
