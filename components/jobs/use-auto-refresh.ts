'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Fetches the page's data again every `everyMs`, as long as somebody is looking. */
export function useAutoRefresh(everyMs: number): void {
  const router = useRouter()
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') router.refresh()
    }
    const timer = setInterval(look, everyMs)
    document.addEventListener('visibilitychange', look)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [router, everyMs])
}
