'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState, useTransition } from 'react'
import { openLiveStream } from '#components/live/open-live-stream.ts'

/** The rest between two fetches while there is news all the time. */
const restMs = 500
/** Without news; finds what the stream does not tell of, such as a queue that was paused. */
const quietMs = 10_000

/**
 * Keeps an operator's page up to date: it is fetched again when the server tells of news, one fetch at a
 * time, and not while the server cannot be reached, which would replace the page by an error.
 */
export function LiveJobs() {
  const router = useRouter()
  const [isConnected, setConnected] = useState(false)
  const [hasNews, setNews] = useState(false)
  const [isFetching, startFetching] = useTransition()

  useEffect(
    () =>
      openLiveStream('/api/v1/live?scope=jobs', {
        event: 'jobs',
        onEvent: () => setNews(true),
        onConnection: setConnected,
      }),
    [],
  )
  useEffect(() => {
    if (!isConnected || isFetching) return
    const fetchAgain = () => {
      setNews(false)
      startFetching(() => router.refresh())
    }
    const timer = setTimeout(fetchAgain, hasNews ? restMs : quietMs)
    return () => clearTimeout(timer)
  }, [isConnected, isFetching, hasNews, router])
  return null
}
