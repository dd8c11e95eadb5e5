'use client'

import { Play, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from '#components/player/player.ts'
import type { PlayerState } from '#components/player/player-store.ts'
import { usePlayer } from '#components/player/use-player.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { formatClock } from '#components/ui/format-duration.ts'
import { addBookmark, bookmarksOf, changeNote, LONGEST_NOTE, removeBookmark } from './bookmarks.ts'
import { libraryStore } from './own-library.ts'
import { useLibrary } from './use-library.ts'

const selectTrack = (state: PlayerState) => state.track

/** Bookmarks the moment at which it was opened, with a note, and lists the other bookmarks of the sermon. */
export function BookmarkDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('player')
  const library = useLibrary()
  const track = usePlayer(selectTrack)
  const [atMs] = useState(() => player.positionMs())
  const [note, setNote] = useState('')
  if (!track) return null
  const bookmarks = bookmarksOf(library, track)
  return (
    <Dialog open onOpenChange={onClose} title={t('bookmarks')}>
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          libraryStore.change((before) => addBookmark(before, { id: crypto.randomUUID(), track, atMs, note }))
          setNote('')
        }}
      >
        <div className="min-w-48 flex-1">
          <TextField
            label={t('bookmarkNote')}
            value={note}
            maxLength={LONGEST_NOTE}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
        <Button type="submit" variant="primary">
          {t('bookmarkAt', { time: formatClock(atMs) })}
        </Button>
      </form>
      {bookmarks.length > 0 ? (
        <ul className="mt-6 divide-y divide-line border-y border-line">
          {bookmarks.map(({ id, atMs: placeMs, note: text }) => (
            <li key={id} className="flex items-center gap-2 py-2">
              <Button
                size="sm"
                className="figures"
                icon={<Play aria-hidden size={13} fill="currentColor" />}
                aria-label={t('playFrom', { title: track.title, time: formatClock(placeMs) })}
                onClick={() => player.playTrack(track, placeMs)}
              >
                {formatClock(placeMs)}
              </Button>
              <div className="min-w-0 flex-1">
                <TextField
                  label={t('bookmarkNoteAt', { time: formatClock(placeMs) })}
                  hideLabel
                  defaultValue={text}
                  maxLength={LONGEST_NOTE}
                  onBlur={(event) =>
                    libraryStore.change((before) => changeNote(before, id, event.target.value))
                  }
                />
              </div>
              <IconButton
                label={t('bookmarkRemove', { time: formatClock(placeMs) })}
                onClick={() => libraryStore.change((before) => removeBookmark(before, id))}
              >
                <Trash2 aria-hidden size={17} />
              </IconButton>
            </li>
          ))}
        </ul>
      ) : (
        <p className="mt-5 text-sm text-soft">{t('bookmarksEmpty')}</p>
      )}
    </Dialog>
  )
}
