import { useEffect, useEffectEvent, useState } from 'react'
import * as v from 'valibot'
import { callApi } from '#components/api/call-api.ts'
import { type Clip, clipSchema } from './clip-schema.ts'

const EVERY_MS = 1000

/** A clip that was requested, read again every second until it is ready or has failed. */
export function useClip(requested: Clip | null, onFailure: (error: unknown) => void): Clip | null {
  const [latest, setLatest] = useState<Clip | null>(null)
  const clip = requested && latest?.id === requested.id ? latest : requested
  const isWaiting = clip?.status === 'pending' || clip?.status === 'running'
  const fail = useEffectEvent(onFailure)
  const id = requested?.id
  useEffect(() => {
    if (!isWaiting || id === undefined) return
    let isOver = false
    let timer: ReturnType<typeof setTimeout>
    const read = async () => {
      try {
        const answer = v.parse(clipSchema, await callApi('GET', `/api/v1/clips/${id}`))
        if (isOver) return
        setLatest(answer)
        if (answer.status === 'pending' || answer.status === 'running') timer = setTimeout(read, EVERY_MS)
      } catch (error) {
        if (!isOver) fail(error)
      }
    }
    timer = setTimeout(read, EVERY_MS)
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }, [isWaiting, id])
  return clip
}
