'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** Renews the page every few seconds while something on it is still being prepared and it is looked at. */
export function RenewWhile({ everyMs = 3000 }: { everyMs?: number }) {
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, everyMs)
    return () => clearInterval(timer)
  }, [router, everyMs])
  return null
}
