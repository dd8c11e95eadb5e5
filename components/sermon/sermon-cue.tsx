'use client'

import { useEffect, useRef } from 'react'
import { warmStream } from '#components/player/attach-stream.ts'
import { player } from '#components/player/player.ts'
import type { Track } from '#components/player/track.ts'

/** Tells the player what this page plays, and goes to the second that the address names. */
export function SermonCue({ track, startMs }: { track: Track; startMs: number | null }) {
  useEffect(() => {
    player.suggest(track)
    warmStream()
    return () => player.suggest(null)
  }, [track])
  const cued = useRef('')
  useEffect(() => {
    const cue = `${track.id}@${startMs}`
    // The second counts once for an address, not again when the page is renewed with new facts.
    if (startMs === null || cued.current === cue) return
    cued.current = cue
    player.playTrack(track, startMs)
  }, [track, startMs])
  return null
}
