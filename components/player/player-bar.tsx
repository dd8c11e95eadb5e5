'use client'

import { Keyboard, X } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
import { IconButton } from '#components/ui/button.tsx'
import { formatClock } from '#components/ui/format-duration.ts'
import { PlayButton } from './play-button.tsx'
import { player } from './player.ts'
import type { PlayerState } from './player-store.ts'
import { SettingsButton } from './settings-button.tsx'
import { ShareMomentButton } from './share-moment-button.tsx'
import { SkipButton } from './skip-button.tsx'
import { SleepSelect } from './sleep-select.tsx'
import { SpeedSelect } from './speed-select.tsx'
import { Timeline } from './timeline.tsx'
import type { Track } from './track.ts'
import { TrackArtwork } from './track-artwork.tsx'
import { usePlayer } from './use-player.ts'
import { VolumeControl } from './volume-control.tsx'

const selectAll = (state: PlayerState) => state

/** The player on a desktop, fixed at the bottom of the window. */
export function PlayerBar({ track, tools, onHelp }: { track: Track; tools: ReactNode; onHelp: () => void }) {
  const t = useTranslations('player')
  const { status, isStalled, positionMs, durationMs, bufferedMs } = usePlayer(selectAll)
  return (
    <section
      aria-label={t('region')}
      className="fixed inset-x-0 bottom-0 z-40 hidden animate-appear grid-cols-[minmax(10rem,1fr)_minmax(18rem,1.7fr)_minmax(9.5rem,1fr)] items-center gap-5 bg-raised px-4 shadow-lift md:grid"
      style={{ height: 'var(--player-height)' }}
    >
      <div className="flex min-w-0 items-center gap-3">
        <TrackArtwork track={track} isSmall className="size-14 shrink-0 rounded-sm" />
        <div className="min-w-0">
          <Link
            href={track.pageHref}
            prefetch={false}
            {...textIn(track.language)}
            className="line-clamp-2 font-serif text-sm leading-tight font-semibold hover:underline"
          >
            {track.title}
          </Link>
          <span dir="auto" className="block truncate text-xs text-faint">
            {track.artist ?? track.album ?? ''}
          </span>
        </div>
      </div>
      <div className="flex flex-col items-stretch">
        <div className="flex items-center justify-center gap-2">
          <SkipButton direction="back" sizePx={40} />
          <PlayButton status={status} isStalled={isStalled} onPress={() => player.toggle()} sizePx={42} />
          <SkipButton direction="forward" sizePx={40} />
          {tools}
          <ShareMomentButton track={track} />
        </div>
        <div className="figures flex items-center gap-3 text-xs text-faint">
          <span className="w-12 text-right">{formatClock(positionMs)}</span>
          <Timeline
            peaks={[]}
            chapters={track.chapters}
            label={t('playerPosition')}
            positionMs={positionMs}
            durationMs={durationMs}
            bufferedMs={bufferedMs}
            onSeek={(toMs) => player.seek(toMs)}
            onAim={(toMs) => player.prepareJump(toMs)}
            className="flex-1"
          />
          <span className="w-12">{formatClock(durationMs)}</span>
        </div>
      </div>
      <div className="flex items-center justify-end">
        <div className="hidden xl:block">
          <SleepSelect />
        </div>
        <SpeedSelect />
        <div className="hidden lg:block">
          <VolumeControl />
        </div>
        <SettingsButton />
        <IconButton label={t('keys')} onClick={onHelp}>
          <Keyboard aria-hidden size={19} strokeWidth={1.8} />
        </IconButton>
        <IconButton label={t('closePlayer')} onClick={() => player.close()}>
          <X aria-hidden size={18} />
        </IconButton>
      </div>
    </section>
  )
}
