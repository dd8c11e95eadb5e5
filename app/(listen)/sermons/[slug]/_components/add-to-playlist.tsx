'use client'

import { Check, ListMusic } from 'lucide-react'
import { useState } from 'react'
import { libraryStore } from '#components/library/own-library.ts'
import { LONGEST_PLAYLIST_NAME } from '#components/library/playlist-limits.ts'
import { addToPlaylist, createPlaylist } from '#components/library/playlists.ts'
import { useLibrary } from '#components/library/use-library.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import type { Track } from '#components/player/track.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { TextField } from '#components/ui/field.tsx'
import { showToast } from '#components/ui/toast-store.ts'

/** Chooses the playlist that a sermon is added to, or creates one. */
export function AddToPlaylist({ track, onClose }: { track: Track; onClose: () => void }) {
  const t = useTranslations('offline')
  const { playlists } = useLibrary()
  const [name, setName] = useState('')
  const done = (playlist: string) => {
    showToast(t('addedToPlaylist', { name: playlist }))
    onClose()
  }
  return (
    <Dialog open onOpenChange={onClose} title={t('addToPlaylist')}>
      {playlists.length > 0 ? (
        <ul className="mb-6 divide-y divide-line border-y border-line">
          {playlists.map((playlist) => {
            const has = playlist.tracks.some(({ id }) => id === track.id)
            return (
              <li key={playlist.id}>
                <button
                  type="button"
                  disabled={has}
                  onClick={() => {
                    libraryStore.change((library) => addToPlaylist(library, playlist.id, track))
                    done(playlist.name)
                  }}
                  className="press flex min-h-12 w-full items-center gap-3 text-left text-sm enabled:hover:bg-sunken"
                >
                  {has ? (
                    <Check aria-hidden size={18} className="shrink-0 text-ok" />
                  ) : (
                    <ListMusic aria-hidden size={18} className="shrink-0 text-faint" />
                  )}
                  <span className="min-w-0 flex-1 wrap-anywhere">{playlist.name}</span>
                  {has ? <span className="text-xs text-soft">{t('playlistHas')}</span> : null}
                </button>
              </li>
            )
          })}
        </ul>
      ) : null}
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          libraryStore.change((library) =>
            createPlaylist(library, { id: crypto.randomUUID(), name, tracks: [track] }),
          )
          done(name)
        }}
      >
        <div className="min-w-48 flex-1">
          <TextField
            label={t('playlistName')}
            value={name}
            maxLength={LONGEST_PLAYLIST_NAME}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        <Button type="submit" variant="primary" disabled={name.trim() === ''}>
          {t('playlistCreate')}
        </Button>
      </form>
    </Dialog>
  )
}
