'use client'

import { ListPlus } from 'lucide-react'
import { libraryStore } from '#components/library/own-library.ts'
import { createPlaylist } from '#components/library/playlists.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { Track } from '#components/player/track.ts'
import { Button } from '#components/ui/button.tsx'
import { showToast } from '#components/ui/toast-store.ts'

/** Keeps a playlist that was shared in this browser. */
export function KeepPlaylist({ name, tracks }: { name: string; tracks: readonly Track[] }) {
  const t = useTranslations('offline')
  return (
    <Button
      icon={<ListPlus aria-hidden size={18} />}
      onClick={() => {
        libraryStore.change((library) => createPlaylist(library, { id: crypto.randomUUID(), name, tracks }))
        showToast(t('playlistKept'))
      }}
    >
      {t('keepPlaylist')}
    </Button>
  )
}
