'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState, useTransition } from 'react'
import { openLiveStream } from '#components/live/open-live-stream.ts'

const streamPath = '/api/v1/live?scope=jobs'
/** The shortest rest between two fetches while there is news all the time. */
const restMs = 500
/** A page that takes long is fetched more seldom: it rests this many times as long. */
const restShare = 4
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
  const tookMs = useRef(0)

  useEffect(() => {
    // Somebody who was signed out meanwhile is sent to sign in, and what they saw goes.
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
      tookMs.current = performance.now() - startedAtMs
    }
  }, [isFetching])

  useEffect(() => {
    if (!isConnected || isFetching) return
    const fetchAgain = () => {
      setNews(false)
      startFetching(() => router.refresh())
    }
    const timer = setTimeout(fetchAgain, hasNews ? Math.max(restMs, restShare * tookMs.current) : quietMs)
    return () => clearTimeout(timer)
  }, [isConnected, isFetching, hasNews, router])
  return null
}
