'use client'

import { useNow } from '#components/dates/use-now.ts'
import { elapsedMs, formatElapsed } from '#components/ui/format-elapsed.ts'

/** How long something took; counts while it runs. */
export function Elapsed({ startedAt, finishedAt }: { startedAt: string | null; finishedAt: string | null }) {
  const isRunning = startedAt !== null && finishedAt === null
  const nowMs = useNow('second', isRunning)
  const ms = isRunning && nowMs === null ? null : elapsedMs({ startedAt, finishedAt }, nowMs ?? 0)
  return ms === null ? '–' : formatElapsed(ms)
}
