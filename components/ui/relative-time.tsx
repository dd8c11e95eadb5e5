'use client'

import { useSyncExternalStore } from 'react'
import { formatMoment, formatRelative } from './format-date.ts'

const MINUTE_MS = 60_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let nowMs = 0

function subscribe(listener: () => void) {
  listeners.add(listener)
  timer ??= setInterval(() => {
    nowMs = Date.now()
    for (const each of listeners) each()
  }, MINUTE_MS / 2)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

function currentNow() {
  if (nowMs === 0 || Date.now() - nowMs > MINUTE_MS) nowMs = Date.now()
  return nowMs
}

/** A time relative to now, kept up to date; the exact time is its title. */
export function RelativeTime({ iso, className }: { iso: string; className?: string }) {
  const now = useSyncExternalStore(subscribe, currentNow, () => 0)
  // The server knows neither the reader's clock nor their time zone.
  const exact = now === 0 ? formatMoment(iso, 'UTC') : formatMoment(iso)
  return (
    <time dateTime={iso} title={exact} className={className} suppressHydrationWarning>
      {now === 0 ? exact : formatRelative(iso, now)}
    </time>
  )
}
