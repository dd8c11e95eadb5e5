'use client'

import { MiniPlayer } from './mini-player.tsx'
import { PlayerBar } from './player-bar.tsx'
import type { Track } from './track.ts'

/** The controls of what plays: a bar on a desktop, a row that opens into a sheet on a phone. */
export function PlayerControls({ track, onHelp }: { track: Track; onHelp: () => void }) {
  return (
    <>
      <PlayerBar track={track} onHelp={onHelp} />
      <MiniPlayer track={track} />
    </>
  )
}
