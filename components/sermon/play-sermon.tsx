'use client'

import { useCallback } from 'react'
import { PlayButton, type PlayButtonLook } from '#components/player/play-button.tsx'
import { player } from '#components/player/player.ts'
import type { PlayerState } from '#components/player/player-store.ts'
import type { Track } from '#components/player/track.ts'
import { usePlayer } from '#components/player/use-player.ts'

/** Plays one sermon, or pauses it while it plays. */
export function PlaySermon({
  track,
  sizePx,
  look = 'accent',
  className,
}: {
  track: Track
  sizePx: number
  look?: PlayButtonLook
  className?: string
}) {
  const { id } = track
  const status = usePlayer(
    useCallback((state: PlayerState) => (state.track?.id === id ? state.status : 'paused'), [id]),
  )
  const isStalled = usePlayer(
    useCallback((state: PlayerState) => state.track?.id === id && state.isStalled, [id]),
  )
  return (
    <PlayButton
      status={status}
      isStalled={isStalled}
      name={track.title}
      streamUrl={track.hlsUrl}
      sizePx={sizePx}
      look={look}
      {...(className === undefined ? {} : { className })}
      onPress={() => {
        if (player.store.read().track?.id === id) player.toggle()
        else player.playTrack(track)
      }}
    />
  )
}
