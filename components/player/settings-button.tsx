'use client'

import { SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { IconButton } from '#components/ui/button.tsx'
import { OnDemand } from '#components/ui/on-demand.tsx'

const loadPlaybackSettings = () => import('./playback-settings.tsx').then((file) => file.PlaybackSettings)

/** Opens the playback settings, whose code is loaded when they are opened first. */
export function SettingsButton() {
  const t = useTranslations('player')
  const [isOpen, setIsOpen] = useState(false)
  const [wasOpened, setWasOpened] = useState(false)
  return (
    <>
      <IconButton
        label={t('settings')}
        aria-haspopup="dialog"
        onClick={() => {
          setWasOpened(true)
          setIsOpen(true)
        }}
      >
        <SlidersHorizontal aria-hidden size={19} strokeWidth={1.8} />
      </IconButton>
      {wasOpened ? (
        <OnDemand load={loadPlaybackSettings} props={{ open: isOpen, onOpenChange: setIsOpen }} />
      ) : null}
    </>
  )
}
