'use client'

import { useEffect } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from '#components/player/player.ts'
import { ownStorage } from '#components/ui/own-storage.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { whenLoaded } from '#components/ui/when-loaded.ts'
import { recallOffline } from './remember-offline.ts'
import { canSave, readSavedAudio } from './saved-audio.ts'

const isInstalled = () => window.matchMedia('(display-mode: standalone)').matches

/**
 * Plays saved sermons from this device. For listeners who saved one or installed the app it also makes the app open
 * without a network; other visitors load no code for that.
 */
export function OfflineRoot() {
  const t = useTranslations('offline')
  useEffect(() => player.readSavedFrom(readSavedAudio), [])
  useEffect(() => {
    if (!canSave() || !(recallOffline(ownStorage()) || isInstalled())) return
    return whenLoaded(import('./start-offline.ts'), ({ startOffline }) =>
      startOffline({
        onUpdate: (accept) => showToast(t('newVersion'), 'ok', { label: t('useNewVersion'), act: accept }),
        onRemoved: ({ title }) => showToast(t('noLongerPublished', { title }), 'danger'),
      }),
    )
  }, [t])
  return null
}
