'use client'

import { createContext, type ReactNode, useContext } from 'react'
import { defaultTimeZone } from '#lib/dates/time-zone.ts'

const TimeZone = createContext(defaultTimeZone)

/** Shows the times below in the time zone of a church. */
export function TimeZoneProvider({ timeZone, children }: { timeZone: string; children: ReactNode }) {
  return <TimeZone value={timeZone}>{children}</TimeZone>
}

/** The time zone of the church of these pages. */
export function useTimeZone(): string {
  return useContext(TimeZone)
}
