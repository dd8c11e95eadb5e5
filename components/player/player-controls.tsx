'use client'

import type { ReactNode } from 'react'
import { MiniPlayer } from './mini-player.tsx'
import { PlayerBar } from './player-bar.tsx'
import type { Track } from './track.ts'

/** The controls of what plays: a bar on a desktop, a row that opens into a sheet on a phone. */
export function PlayerControls({
  track,
  tools,
  onHelp,
}: {
  track: Track
  /** Further buttons. */
  tools: ReactNode
  onHelp: () => void
}) {
  return (
    <>
      <PlayerBar track={track} tools={tools} onHelp={onHelp} />
      <MiniPlayer track={track} tools={tools} />
    </>
  )
}
