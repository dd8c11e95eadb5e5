'use client'

import { BookmarkCheck, BookmarkPlus, ListEnd, ListPlus, ListStart } from 'lucide-react'
import { useState } from 'react'
import { libraryStore } from '#components/library/own-library.ts'
import { useLibrary } from '#components/library/use-library.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { Track } from '#components/player/track.ts'
import { IconButton } from '#components/ui/button.tsx'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { showToast } from '#components/ui/toast-store.ts'

const loadAddToPlaylist = () => import('./add-to-playlist.tsx').then((file) => file.AddToPlaylist)

/** Puts a sermon into the listener's lists in this browser. */
export function LibraryButtons({ track }: { track: Track }) {
  const t = useTranslations('offline')
  const { later } = useLibrary()
  const [isChoosing, setIsChoosing] = useState(false)
  const isKept = later.some(({ id }) => id === track.id)
  const Bookmark = isKept ? BookmarkCheck : BookmarkPlus
  return (
    <span className="inline-flex">
      <IconButton
        label={t(isKept ? 'removeFromLater' : 'listenLater')}
        aria-pressed={isKept}
        onClick={() => {
          if (isKept) libraryStore.remove('later', track)
          else libraryStore.keepForLater(track)
          showToast(t(isKept ? 'removedFromLater' : 'keptForLater'))
        }}
      >
        <Bookmark aria-hidden size={20} strokeWidth={1.8} />
      </IconButton>
      <IconButton
        label={t('playNext')}
        onClick={() => {
          libraryStore.playNext(track)
          showToast(t('playsNext'))
        }}
      >
        <ListStart aria-hidden size={20} strokeWidth={1.8} />
      </IconButton>
      <IconButton
        label={t('addToQueue')}
        onClick={() => {
          libraryStore.addToQueue([track])
          showToast(t('addedToQueue'))
        }}
      >
        <ListEnd aria-hidden size={20} strokeWidth={1.8} />
      </IconButton>
      <IconButton label={t('addToPlaylist')} aria-haspopup="dialog" onClick={() => setIsChoosing(true)}>
        <ListPlus aria-hidden size={20} strokeWidth={1.8} />
      </IconButton>
      {isChoosing ? (
        <OnDemand load={loadAddToPlaylist} props={{ track, onClose: () => setIsChoosing(false) }} />
      ) : null}
    </span>
  )
}
