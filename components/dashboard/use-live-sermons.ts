'use client'

import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState } from 'react'
import { openLiveStream } from '#components/live/open-live-stream.ts'
import { readSermonEvent } from '#components/live/read-sermon-event.ts'
import type { SermonView } from '#lib/sermons/sermon.ts'
import { mergeSermons } from './merge-sermons.ts'

/**
 * Sermons from the server, kept up to date by server-sent events from `url`; changes that were missed while the
 * stream was disconnected are fetched. `change` shows a change before the server has answered. With `addNew`, new
 * sermons appear.
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
    // New sermons from the server: only events that are newer than these still apply.
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

  useEffect(
    () =>
      openLiveStream(url, {
        event: 'sermon',
        onEvent: (data) => {
          const sermon = readSermonEvent(data)
          if (sermon) setNews((before) => new Map(before).set(sermon.id, sermon))
        },
        onReturn: () => refresh.current(),
      }),
    [url],
  )

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
