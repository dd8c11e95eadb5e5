'use client'

import { type ReactNode, useEffect } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { MiniPlayer } from './mini-player.tsx'
import { player } from './player.ts'
import { PlayerBar } from './player-bar.tsx'
import type { readPlayerKey } from './player-keys.ts'
import { followSentenceKeys } from './sentence-keys.ts'
import { sleepTimer } from './sleep-timer.ts'
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
  useEffect(
    () =>
      sleepTimer.onStop((choice) => {
        const playOn = { label: t('playOn'), act: () => player.play() }
        if (choice === 'end') showToast(t('sleptAtEnd'))
        else showToast(t(choice === 'chapter' ? 'sleptAtChapterEnd' : 'slept'), 'ok', playOn)
      }),
    [t],
  )
  return (
    <>
      <PlayerBar track={track} tools={tools} onHelp={onHelp} />
      <MiniPlayer track={track} tools={tools} />
    </>
  )
}
