'use client'

import { Drawer } from '@base-ui/react/drawer'
import { ChevronDown } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { textIn } from '#components/text/text-in.ts'
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

const selectAll = (state: PlayerState) => state

/** The full player on a phone: a sheet that closes by its button, by dragging down, or by Escape. */
export function PlayerSheet({
  track,
  tools,
  isOpen,
  onOpenChange,
}: {
  track: Track
  tools: ReactNode
  isOpen: boolean
  onOpenChange: (open: boolean) => void
}) {
  const t = useTranslations('player')
  const { status, isStalled, positionMs, durationMs, bufferedMs, error } = usePlayer(selectAll)
  return (
    <Drawer.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Drawer.Portal>
        <Drawer.Backdrop className="fixed inset-0 z-50 bg-scrim opacity-[calc(1-var(--drawer-swipe-progress))] transition-opacity duration-200 data-ending-style:opacity-0 data-starting-style:opacity-0 data-swiping:duration-0" />
        <Drawer.Viewport className="fixed inset-0 z-50 flex items-end">
          <Drawer.Popup className="flex h-[calc(100dvh-0.75rem)] w-full touch-auto flex-col overflow-y-auto overscroll-contain rounded-t-[18px] bg-paper px-6 pb-[calc(1.5rem+env(safe-area-inset-bottom))] text-ink shadow-float outline-none [transform:translateY(var(--drawer-swipe-movement-y))] transition-transform duration-200 ease-out data-ending-style:[transform:translateY(100%)] data-starting-style:[transform:translateY(100%)] data-swiping:select-none data-swiping:duration-0">
            <div aria-hidden className="mx-auto mt-2.5 h-1 w-10 shrink-0 rounded-full bg-line-strong/50" />
            <div className="-mx-3 flex shrink-0 items-center justify-between pt-1">
              <Drawer.Close
                aria-label={t('closeFull')}
                className="press grid size-11 place-items-center rounded-full text-soft hover:bg-sunken"
              >
                <ChevronDown aria-hidden size={24} />
              </Drawer.Close>
              <div className="flex flex-wrap items-center justify-end">
                {tools}
                <ShareMomentButton track={track} />
                <SettingsButton />
              </div>
            </div>
            <div className="flex min-h-0 flex-1 flex-col items-center justify-evenly gap-5 pt-2">
              <TrackArtwork
                track={track}
                className="max-h-[38dvh] w-full max-w-[min(100%,38dvh)] shadow-float"
              />
              <div className="w-full text-center">
                <Drawer.Title className="title text-xl">
                  <Link href={track.pageHref} onClick={() => onOpenChange(false)} className="hover:underline">
                    <bdi {...textIn(track.language)}>{track.title}</bdi>
                  </Link>
                </Drawer.Title>
                <p className="mt-1 text-sm text-soft">
                  {[track.artist, track.album].filter(Boolean).join(' · ')}
                </p>
                {error ? (
                  <p role="alert" className="mt-2 text-sm text-danger">
                    {t(error)}
                  </p>
                ) : null}
              </div>
              <div className="w-full">
                <Timeline
                  peaks={track.peaks}
                  chapters={track.chapters}
                  positionMs={positionMs}
                  durationMs={durationMs}
                  bufferedMs={bufferedMs}
                  onSeek={(toMs) => player.seek(toMs)}
                  onAim={(toMs) => player.prepareJump(toMs)}
                />
                <div className="figures mt-2 flex justify-between text-xs text-faint">
                  <span>{formatClock(positionMs)}</span>
                  <span>−{formatClock(durationMs - positionMs)}</span>
                </div>
              </div>
              <div className="flex items-center justify-center gap-7">
                <SkipButton direction="back" sizePx={56} />
                <PlayButton
                  status={status}
                  isStalled={isStalled}
                  onPress={() => player.toggle()}
                  sizePx={76}
                />
                <SkipButton direction="forward" sizePx={56} />
              </div>
              <div className="flex flex-wrap items-center justify-center gap-x-6">
                <SpeedSelect />
                <SleepSelect />
              </div>
            </div>
          </Drawer.Popup>
        </Drawer.Viewport>
      </Drawer.Portal>
    </Drawer.Root>
  )
}
