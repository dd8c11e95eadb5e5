'use client'

import { BookmarkCheck, BookmarkPlus, ListEnd, ListPlus, ListStart } from 'lucide-react'
import { type ButtonHTMLAttributes, type ReactNode, useState } from 'react'
import { libraryStore } from '#components/library/own-library.ts'
import { useLibrary } from '#components/library/use-library.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { Track } from '#components/player/track.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { showToast } from '#components/ui/toast-store.ts'
import { listButtonClass } from './list-button-class.ts'

const loadAddToPlaylist = () => import('./add-to-playlist.tsx').then((file) => file.AddToPlaylist)

/** Puts a sermon into the listener's lists in this browser. `children` are further buttons of the row. */
export function LibraryButtons({ track, children }: { track: Track; children: ReactNode }) {
  const t = useTranslations('offline')
  const { later } = useLibrary()
  const [isChoosing, setIsChoosing] = useState(false)
  const isKept = later.some(({ id }) => id === track.id)
  const Bookmark = isKept ? BookmarkCheck : BookmarkPlus
  return (
    <span className="flex grow flex-wrap sm:max-w-90">
      <ListButton
        text={t('listenLater')}
        aria-label={isKept ? t('removeFromLater') : undefined}
        aria-pressed={isKept}
        onClick={() => {
          if (isKept) libraryStore.remove('later', track)
          else libraryStore.keepForLater(track)
          showToast(t(isKept ? 'removedFromLater' : 'keptForLater'))
        }}
      >
        <Bookmark aria-hidden size={20} strokeWidth={1.8} />
      </ListButton>
      <ListButton
        text={t('playNext')}
        onClick={() => {
          libraryStore.playNext(track)
          showToast(t('playsNext'))
        }}
      >
        <ListStart aria-hidden size={20} strokeWidth={1.8} />
      </ListButton>
      <ListButton
        text={t('addToQueue')}
        onClick={() => {
          libraryStore.addToQueue([track])
          showToast(t('addedToQueue'))
        }}
      >
        <ListEnd aria-hidden size={20} strokeWidth={1.8} />
      </ListButton>
      <ListButton text={t('addToPlaylist')} aria-haspopup="dialog" onClick={() => setIsChoosing(true)}>
        <ListPlus aria-hidden size={20} strokeWidth={1.8} />
      </ListButton>
      {children}
      {isChoosing ? (
        <OnDemand load={loadAddToPlaylist} props={{ track, onClose: () => setIsChoosing(false) }} />
      ) : null}
    </span>
  )
}

function ListButton({ text, children, ...rest }: ButtonHTMLAttributes<HTMLButtonElement> & { text: string }) {
  return (
    <button {...rest} type="button" className={listButtonClass}>
      {children}
      {text}
    </button>
  )
}
