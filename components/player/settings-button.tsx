'use client'

import { SlidersHorizontal } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { IconButton } from '#components/ui/button.tsx'

const PlaybackSettings = dynamic(
  () => import('./playback-settings.tsx').then((file) => file.PlaybackSettings),
  { ssr: false },
)

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
      {wasOpened ? <PlaybackSettings open={isOpen} onOpenChange={setIsOpen} /> : null}
    </>
  )
}
