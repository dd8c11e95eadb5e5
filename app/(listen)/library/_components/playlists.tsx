'use client'

import { ArrowDown, ArrowUp, ListMusic, Pencil, Share2, Trash2, X } from 'lucide-react'
import Link from 'next/link'
import { type FormEvent, useState, useSyncExternalStore } from 'react'
import { libraryStore, type OwnLibrary, type Playlist } from '#components/library/own-library.ts'
import { LONGEST_PLAYLIST_NAME } from '#components/library/playlist-limits.ts'
import {
  createPlaylist,
  deletePlaylist,
  moveInPlaylist,
  playlistHref,
  removeFromPlaylist,
  renamePlaylist,
} from '#components/library/playlists.ts'
import { useLibrary } from '#components/library/use-library.ts'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { TextField } from '#components/ui/field.tsx'
import { formatDuration } from '#components/ui/format-duration.ts'
import { shareAddress } from '#components/ui/share-address.ts'
import { showToast } from '#components/ui/toast-store.ts'
import { PlayAll } from '../../_components/play-all.tsx'
import { TrackRow } from './track-row.tsx'

const never = () => () => {}
const change = (next: (library: OwnLibrary) => OwnLibrary) => libraryStore.change(next)

/** The playlists of this browser: create, rename, reorder, share and delete them. */
export function Playlists() {
  const t = useTranslations('ownLibrary')
  const { playlists } = useLibrary()
  const [isNaming, setIsNaming] = useState(false)
  // Its buttons do nothing before scripts run.
  const hasScript = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  if (!hasScript) return null
  return (
    <section aria-labelledby="playlists" className="mt-10">
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <h2 id="playlists" className="title text-xl">
          {t('playlistsTitle')}
        </h2>
        <Button size="sm" variant="quiet" aria-expanded={isNaming} onClick={() => setIsNaming(!isNaming)}>
          {t('newPlaylist')}
        </Button>
      </div>
      {isNaming ? (
        <NameForm
          action={t('create')}
          onCancel={() => setIsNaming(false)}
          onName={(name) => {
            change((library) => createPlaylist(library, { id: crypto.randomUUID(), name, tracks: [] }))
            setIsNaming(false)
          }}
        />
      ) : null}
      {playlists.length === 0 ? (
        <p className="mt-2 max-w-prose text-sm text-soft">{t('playlistsEmpty')}</p>
      ) : (
        playlists.map((playlist) => <OwnPlaylist key={playlist.id} playlist={playlist} />)
      )}
    </section>
  )
}

function OwnPlaylist({ playlist }: { playlist: Playlist }) {
  const t = useTranslations('ownLibrary')
  const language = useLanguage()
  const [isNaming, setIsNaming] = useState(false)
  const { id, name, tracks } = playlist
  const share = async () => {
    const outcome = await shareAddress({
      title: name,
      url: new URL(playlistHref(playlist), window.location.href).href,
    })
    if (outcome === 'copied') showToast(t('shareCopied'))
    if (outcome === 'refused') showToast(t('shareRefused'), 'danger')
  }
  return (
    <details className="mt-3 rounded-card border border-line bg-raised px-4 py-2">
      <summary className="flex min-h-11 cursor-pointer flex-wrap items-center gap-x-3 text-sm">
        <ListMusic aria-hidden size={18} className="text-faint" />
        <span className="min-w-0 font-serif text-base font-semibold wrap-anywhere">{name}</span>
        <span className="text-xs text-faint">{t('playlistCount', { count: tracks.length })}</span>
      </summary>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <PlayAll tracks={tracks} />
        {tracks.length > 0 ? (
          <>
            <Button size="sm" icon={<Share2 aria-hidden size={15} />} onClick={share}>
              {t('share')}
            </Button>
            <Link
              href={playlistHref(playlist)}
              prefetch={false}
              className="inline-flex min-h-9 items-center px-2 text-sm text-soft underline underline-offset-4"
            >
              {t('openPlaylist')}
            </Link>
          </>
        ) : null}
        <Button
          size="sm"
          variant="quiet"
          aria-expanded={isNaming}
          icon={<Pencil aria-hidden size={15} />}
          onClick={() => setIsNaming(!isNaming)}
        >
          {t('rename')}
        </Button>
        <Button
          size="sm"
          variant="quiet"
          icon={<Trash2 aria-hidden size={15} />}
          onClick={() => {
            const before = libraryStore.read().playlists
            change((library) => deletePlaylist(library, id))
            showToast(t('deleted', { name }), 'ok', {
              label: t('undo'),
              act: () => change((library) => ({ ...library, playlists: before })),
            })
          }}
        >
          {t('delete')}
        </Button>
      </div>
      {isNaming ? (
        <NameForm
          action={t('save')}
          name={name}
          onCancel={() => setIsNaming(false)}
          onName={(next) => {
            change((library) => renamePlaylist(library, id, next))
            setIsNaming(false)
          }}
        />
      ) : null}
      <ol className="mt-2 divide-y divide-line">
        {tracks.map((track, index) => (
          <TrackRow
            key={track.id}
            track={track}
            link={
              <Link
                href={track.pageHref}
                prefetch={false}
                className="after:absolute after:inset-0 hover:underline"
              >
                {track.title}
              </Link>
            }
            facts={[track.artist, formatDuration(track.durationMs, language)]}
            removeButton={
              <IconButton
                label={t('removeFromList', { title: track.title })}
                className="z-10"
                onClick={() => change((library) => removeFromPlaylist(library, id, track))}
              >
                <X aria-hidden size={18} />
              </IconButton>
            }
          >
            <span className="relative z-10 mt-1 -ml-2.5 flex">
              <IconButton
                label={t('moveUp', { title: track.title })}
                size={36}
                disabled={index === 0}
                onClick={() => change((library) => moveInPlaylist(library, id, track, -1))}
              >
                <ArrowUp aria-hidden size={17} />
              </IconButton>
              <IconButton
                label={t('moveDown', { title: track.title })}
                size={36}
                disabled={index === tracks.length - 1}
                onClick={() => change((library) => moveInPlaylist(library, id, track, 1))}
              >
                <ArrowDown aria-hidden size={17} />
              </IconButton>
            </span>
          </TrackRow>
        ))}
      </ol>
    </details>
  )
}

function NameForm({
  action,
  name: before = '',
  onName,
  onCancel,
}: {
  action: string
  name?: string
  onName: (name: string) => void
  onCancel: () => void
}) {
  const t = useTranslations('ownLibrary')
  const [name, setName] = useState(before)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') onName(name)
  }
  return (
    <form onSubmit={submit} className="mt-3 flex max-w-lg flex-wrap items-end gap-2">
      <div className="min-w-48 flex-1">
        <TextField
          label={t('playlistName')}
          value={name}
          maxLength={LONGEST_PLAYLIST_NAME}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <Button type="submit" variant="primary" disabled={name.trim() === ''}>
        {action}
      </Button>
      <Button variant="quiet" onClick={onCancel}>
        {t('cancel')}
      </Button>
    </form>
  )
}
