'use client'

import { useSyncExternalStore } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { PlayerState } from './player-store.ts'
import { type SleepChoice, sleepChoices, sleepTimer } from './sleep-timer.ts'
import { usePlayer } from './use-player.ts'

const none = () => null
const selectHasChapters = (state: PlayerState) => (state.track?.chapters?.length ?? 0) > 0

/** Chooses when playback stops automatically. */
export function SleepSelect() {
  const t = useTranslations('player')
  const choice = useSyncExternalStore(sleepTimer.subscribe, sleepTimer.read, none)
  const hasChapters = usePlayer(selectHasChapters)
  const options = sleepChoices.filter((option) => option !== 'chapter' || hasChapters || option === choice)
  const name = (option: SleepChoice) => {
    if (option === 'chapter') return t('sleepAtChapterEnd')
    return option === 'end' ? t('sleepAtEnd') : t('sleepAfter', { count: option })
  }
  return (
    <label>
      <span className="sr-only">{t('sleepTimer')}</span>
      <select
        value={String(choice ?? '')}
        onChange={(event) => {
          const wanted = event.target.value
          sleepTimer.set(sleepChoices.find((option) => String(option) === wanted) ?? null)
        }}
        className="press min-h-11 max-w-[38vw] cursor-pointer text-ellipsis xl:max-w-36 appearance-none rounded-full bg-transparent px-3 text-center text-sm font-medium text-soft hover:bg-sunken hover:text-ink"
      >
        <option value="" className="bg-raised text-ink">
          {t('sleepOff')}
        </option>
        {options.map((option) => (
          <option key={option} value={String(option)} className="bg-raised text-ink">
            {name(option)}
          </option>
        ))}
      </select>
    </label>
  )
}
