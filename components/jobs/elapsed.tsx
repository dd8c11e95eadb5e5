'use client'

import { useEffect, useState } from 'react'
import { elapsedMs, formatElapsed } from '#components/ui/format-elapsed.ts'

const tickMs = 1000

/** How long something took; counts while it runs. */
export function Elapsed({ startedAt, finishedAt }: { startedAt: string | null; finishedAt: string | null }) {
  const [nowMs, setNowMs] = useState(() => Date.now())
  const isGoingOn = startedAt !== null && finishedAt === null
  useEffect(() => {
    if (!isGoingOn) return
    const timer = setInterval(() => setNowMs(Date.now()), tickMs)
    return () => clearInterval(timer)
  }, [isGoingOn])
  const ms = elapsedMs({ startedAt, finishedAt }, nowMs)
  return <span suppressHydrationWarning>{ms === null ? '–' : formatElapsed(ms)}</span>
}
