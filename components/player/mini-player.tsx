'use client'

import { type ReactNode, useState } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { OnDemand } from '#components/ui/on-demand.tsx'
import { PlayButton } from './play-button.tsx'
import { player } from './player.ts'
import type { PlayerState } from './player-store.ts'
import type { Track } from './track.ts'
import { TrackArtwork } from './track-artwork.tsx'
import { usePlayer } from './use-player.ts'

const loadPlayerSheet = () => import('./player-sheet.tsx').then((file) => file.PlayerSheet)

const selectAll = (state: PlayerState) => state

/** The player on a phone: one row above the tabs that opens into a sheet. */
export function MiniPlayer({ track, tools }: { track: Track; tools: ReactNode }) {
  const t = useTranslations('player')
  const [isOpen, setIsOpen] = useState(false)
  const [wasOpened, setWasOpened] = useState(false)
  const { status, isStalled, positionMs, durationMs } = usePlayer(selectAll)
  const played = durationMs > 0 ? Math.min(1, positionMs / durationMs) : 0
  return (
    <section
      aria-label={t('region')}
      className="fixed inset-x-0 z-40 animate-appear bg-raised shadow-lift md:hidden"
      style={{ height: 'var(--player-height)', bottom: 'var(--tabs-height)' }}
    >
      <div aria-hidden className="absolute inset-x-0 top-0 h-0.5 bg-line">
        <div className="h-full origin-left bg-accent" style={{ transform: `scaleX(${played})` }} />
      </div>
      <div className="flex h-full items-center gap-2 pr-3 pl-3">
        <button
          type="button"
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => {
            setWasOpened(true)
            setIsOpen(true)
          }}
          className="flex min-w-0 flex-1 items-center gap-3 py-2 text-left"
        >
          <TrackArtwork track={track} isSmall className="size-11 shrink-0 rounded-sm" />
          <span className="min-w-0">
            <span
              {...textIn(track.language)}
              className="block truncate font-serif text-sm leading-tight font-semibold"
            >
              {track.title}
            </span>
            <span dir="auto" className="block truncate text-xs text-faint">
              {track.artist ?? track.album ?? ''}
            </span>
          </span>
          <span className="sr-only">{t('openFull')}</span>
        </button>
        <PlayButton status={status} isStalled={isStalled} onPress={() => player.toggle()} sizePx={44} />
      </div>
      {wasOpened ? (
        <OnDemand load={loadPlayerSheet} props={{ track, tools, isOpen, onOpenChange: setIsOpen }} />
      ) : null}
    </section>
  )
}
