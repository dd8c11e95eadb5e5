'use client'

import { useEffect, useRef } from 'react'
import { nextRetryMs } from './next-retry-ms.ts'

let failures: readonly number[] = []

/** Tries what failed again by itself, ever more patiently, for pages that somebody leaves open. */
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
