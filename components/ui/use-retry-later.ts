'use client'

import { useEffect, useRef } from 'react'
import { nextRetryMs } from './next-retry-ms.ts'

let failures: readonly number[] = []

/** Calls `retry` after a delay that doubles with every recent failure, so that an open page recovers. */
export function useRetryLater(retry: () => void): void {
  const latest = useRef(retry)
  latest.current = retry
  useEffect(() => {
    const nowMs = Date.now()
    const { waitMs, remembered } = nextRetryMs(failures, nowMs)
    failures = remembered
    const timer = setTimeout(() => latest.current(), waitMs)
    return () => clearTimeout(timer)
  }, [])
}
