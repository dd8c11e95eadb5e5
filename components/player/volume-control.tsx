'use client'

import { Volume1, Volume2, VolumeX } from 'lucide-react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { IconButton } from '#components/ui/button.tsx'
import { player } from './player.ts'
import type { PlayerState } from './player-store.ts'
import { usePlayer } from './use-player.ts'

const selectVolume = (state: PlayerState) => (state.isMuted ? 0 : state.volume)

/** Changes the volume, and mutes. */
export function VolumeControl() {
  const t = useTranslations('player')
  const volume = usePlayer(selectVolume)
  const Icon = volume === 0 ? VolumeX : volume < 0.5 ? Volume1 : Volume2
  return (
    <div className="flex items-center">
      <IconButton label={t(volume === 0 ? 'unmute' : 'mute')} onClick={() => player.preferences.toggleMute()}>
        <Icon aria-hidden size={20} strokeWidth={1.8} />
      </IconButton>
      <input
        type="range"
        aria-label={t('volume')}
        min={0}
        max={1}
        step={0.05}
        value={volume}
        onChange={(event) => player.preferences.setVolume(Number(event.target.value))}
        aria-valuetext={t('volumePercent', { percent: Math.round(volume * 100) })}
        className="h-11 w-20 cursor-pointer accent-accent"
      />
    </div>
  )
}
