'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { openLiveStream } from '#components/live/open-live-stream.ts'
import { nextFetchMs } from './next-fetch-ms.ts'

const streamPath = '/api/v1/live?scope=jobs'
/**
 * Keeps an operator's page up to date: it is fetched again when the server reports a change, one fetch at a
 * time, and not while the server is unreachable, because an error would replace the page.
 */
export function LiveJobs() {
  const router = useRouter()
  const [isConnected, setConnected] = useState(false)
  const [hasNews, setNews] = useState(false)
  const [isFetching, startFetching] = useTransition()
  const last = useRef({ endedAtMs: 0, tookMs: 0 })

  useEffect(() => {
    // A person who has been signed out is sent to sign in, and the page is cleared.
    const leaveIfSignedOut = async () => {
      const answer = await fetch(streamPath, { method: 'HEAD' }).catch(() => null)
      if (answer?.status === 401) router.refresh()
    }
    return openLiveStream(streamPath, {
      event: 'jobs',
      onEvent: () => setNews(true),
      onRefused: () => void leaveIfSignedOut(),
      onConnection: setConnected,
    })
  }, [router])

  useEffect(() => {
    if (!isFetching) return
    const startedAtMs = performance.now()
    return () => {
      const endedAtMs = performance.now()
      last.current = { endedAtMs, tookMs: endedAtMs - startedAtMs }
    }
  }, [isFetching])

  useEffect(() => {
    if (!isConnected || isFetching) return
    const fetchAgain = () => {
      setNews(false)
      startFetching(() => router.refresh())
    }
    const waitMs = nextFetchMs(last.current, { hasNews, nowMs: performance.now() })
    const timer = setTimeout(fetchAgain, waitMs)
    return () => clearTimeout(timer)
  }, [isConnected, isFetching, hasNews, router])
  return null
}
