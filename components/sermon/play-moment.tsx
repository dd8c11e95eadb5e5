'use client'

import { Play, Volume2 } from 'lucide-react'
import { useCallback } from 'react'
import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from '#components/player/player.ts'
import type { PlayerState } from '#components/player/player-store.ts'
import type { Track } from '#components/player/track.ts'
import { usePlayer } from '#components/player/use-player.ts'
import { classNames } from '#components/ui/class-names.ts'
import { formatClock } from '#components/ui/format-duration.ts'

/** A button with a time on it that plays from that time. */
export function PlayMoment({ track, startMs, endMs }: { track: Track; startMs: number; endMs: number }) {
  const t = useTranslations('player')
  const isPlayingHere = usePlayer(
    useCallback(
      (state: PlayerState) =>
        state.track?.id === track.id &&
        state.status === 'playing' &&
        state.positionMs >= startMs - 400 &&
        state.positionMs < endMs,
      [track.id, startMs, endMs],
    ),
  )
  const Icon = isPlayingHere ? Volume2 : Play
  return (
    <button
      type="button"
      onClick={() => player.playTrack(track, startMs)}
      aria-label={t('playFrom', { title: track.title, time: formatClock(startMs) })}
      className={classNames(
        'figures press inline-flex min-h-9 items-center gap-1.5 rounded-full border px-3 text-sm font-medium',
        isPlayingHere
          ? 'border-accent bg-accent text-accent-ink'
          : 'border-accent-line bg-raised text-accent hover:border-accent hover:bg-accent-soft hover:text-ink',
      )}
    >
      <Icon
        aria-hidden
        size={13}
        fill={isPlayingHere ? 'none' : 'currentColor'}
        strokeWidth={isPlayingHere ? 2 : 1}
      />
      {formatClock(startMs)}
    </button>
  )
}
