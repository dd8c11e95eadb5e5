'use client'

import { useEffect, useRef } from 'react'
import { player } from '#components/player/player.ts'
import type { Track } from '#components/player/track.ts'

/** Sets the recording of this page in the player, and seeks to the second in the address. */
export function SermonCue({ track, startMs }: { track: Track; startMs: number | null }) {
  useEffect(() => {
    player.suggest(track)
    return () => player.suggest(null)
  }, [track])
  const cued = useRef('')
  useEffect(() => {
    const cue = `${track.id}@${startMs}`
    // The second of an address is used once, not again when the page is refreshed.
    if (startMs === null || cued.current === cue) return
    cued.current = cue
    player.playTrack(track, startMs)
  }, [track, startMs])
  return null
}
