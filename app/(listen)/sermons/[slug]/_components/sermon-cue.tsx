'use client'

import { useEffect, useRef } from 'react'
import { player } from '#components/player/player.ts'
import type { Track } from '#components/player/track.ts'
import { keepsOtherRecording } from './keeps-other-recording.ts'

/**
 * Sets the recording of this page in the player, and seeks to the second in the address. What this browser keeps of an earlier
 * recording of the sermon is moved to this one.
 */
export function SermonCue({ track, startMs }: { track: Track; startMs: number | null }) {
  useEffect(() => {
    player.suggest(track)
    return () => player.suggest(null)
  }, [track])
  useEffect(() => {
    if (!keepsOtherRecording(track.id)) return
    const [sermonId = ''] = track.id.split('.')
    void import('#components/library/follow-recordings.ts').then((file) => file.followRecordings([sermonId]))
  }, [track.id])
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
