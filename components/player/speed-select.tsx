'use client'

import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from './player.ts'
import { speeds } from './player-preferences.ts'
import type { PlayerState } from './player-store.ts'
import { usePlayer } from './use-player.ts'

const selectRate = (state: PlayerState) => state.rate

/** Chooses the playback speed. */
export function SpeedSelect({ className }: { className?: string }) {
  const t = useTranslations('player')
  const rate = usePlayer(selectRate)
  const offered: number[] = speeds.some((speed) => speed === rate) ? [...speeds] : [...speeds, rate].sort()
  return (
    <label className={className}>
      <span className="sr-only">{t('speed')}</span>
      <select
        value={String(rate)}
        onChange={(event) => player.preferences.setRate(Number(event.target.value))}
        className="figures press min-h-11 cursor-pointer appearance-none rounded-full bg-transparent px-3 text-center text-sm font-medium text-soft hover:bg-sunken hover:text-ink"
      >
        {offered.map((speed) => (
          <option key={speed} value={String(speed)} className="bg-raised text-ink">
            {speed}×
          </option>
        ))}
      </select>
    </label>
  )
}
