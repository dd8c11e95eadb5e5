'use client'

import { type ReactNode, useEffect } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { MiniPlayer } from './mini-player.tsx'
import { PlayerBar } from './player-bar.tsx'
import type { readPlayerKey } from './player-keys.ts'
import { followSentenceKeys } from './sentence-keys.ts'
import type { Track } from './track.ts'

/** The controls of what plays: a bar on a desktop, a row that opens into a sheet on a phone. */
export function PlayerControls({
  track,
  tools,
  onHelp,
  readKey,
}: {
  track: Track
  /** Further buttons. */
  tools: ReactNode
  onHelp: () => void
  readKey: typeof readPlayerKey
}) {
  const t = useTranslations('player')
  useEffect(() => followSentenceKeys(t, readKey), [t, readKey])
  return (
    <>
      <PlayerBar track={track} tools={tools} onHelp={onHelp} />
      <MiniPlayer track={track} tools={tools} />
    </>
  )
}
