'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { mergeSermons } from './merge-sermons.ts'

const firstRetryMs = 2000
const longestRetryMs = 20_000

/** Checks the little that is relied on; the stream is our own. */
function parseSermon(data: string): SermonView | null {
  const value: unknown = JSON.parse(data)
  const isSermon = typeof value === 'object' && value !== null && 'id' in value && 'facets' in value
  return isSermon ? (value as SermonView) : null
}

/**
 * Sermons from the server, kept up to date by server-sent events from `url`. A stream that breaks is
 * opened again, and what was missed meanwhile is fetched. `change` shows a change before the server has
 * answered. With `addNew`, sermons that did not exist yet appear.
 */
export function useLiveSermons(
  initial: readonly SermonView[],
  { url, addNew }: { url: string; addNew: boolean },
): { sermons: readonly SermonView[]; change: (id: string, patch: Partial<SermonView>) => void } {
  const router = useRouter()
  const [base, setBase] = useState(initial)
  const [news, setNews] = useState<ReadonlyMap<string, SermonView>>(new Map())
  if (base !== initial) {
    setBase(initial)
    // Fresh from the server: only what is newer than that still counts.
    setNews(
      new Map(
        [...news].filter(([id, sermon]) => {
          const fresh = initial.find((one) => one.id === id)
          return fresh !== undefined && fresh.updatedAt < sermon.updatedAt
        }),
      ),
    )
  }
  const refresh = useRef(() => router.refresh())

  useEffect(() => {
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | null = null
    let delayMs = firstRetryMs
    let missed = false
    const open = () => {
      source = new EventSource(url)
      source.addEventListener('open', () => {
        delayMs = firstRetryMs
        if (missed) refresh.current()
        missed = false
      })
      source.addEventListener('sermon', (event) => {
        const sermon = parseSermon(event.data)
        if (sermon) setNews((before) => new Map(before).set(sermon.id, sermon))
      })
      source.addEventListener('error', () => {
        missed = true
        // A server that answers with an error while it restarts ends the stream for good.
        if (source?.readyState !== EventSource.CLOSED) return
        timer = setTimeout(open, delayMs)
        delayMs = Math.min(delayMs * 2, longestRetryMs)
      })
    }
    open()
    return () => {
      if (timer) clearTimeout(timer)
      source?.close()
    }
  }, [url])

  const sermons = mergeSermons(initial, news, addNew)
  const change = useCallback(
    (id: string, patch: Partial<SermonView>) => {
      setNews((before) => {
        const now = before.get(id) ?? base.find((sermon) => sermon.id === id)
        return now ? new Map(before).set(id, { ...now, ...patch }) : before
      })
    },
    [base],
  )
  return { sermons, change }
}
