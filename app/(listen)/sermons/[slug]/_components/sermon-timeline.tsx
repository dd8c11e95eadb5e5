'use client'

import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { player } from '#components/player/player.ts'
import type { PlayerState } from '#components/player/player-store.ts'
import { recallPlace } from '#components/player/remember-listening.ts'
import { Timeline } from '#components/player/timeline.tsx'
import { chapterAt, type Track } from '#components/player/track.ts'
import { usePlayer } from '#components/player/use-player.ts'
import { quoteMarks, subscribeToQuoteMarks } from '#components/sermon/quote-marks.ts'
import { textIn } from '#components/text/text-in.ts'
import { formatClock } from '#components/ui/format-duration.ts'

/**
 * The waveform of a sermon's page, with a dot at each quote of the answer below. While another sermon plays it
 * shows the remembered position of this one. A press anywhere plays from there.
 */
export function SermonTimeline({ track }: { track: Track }) {
  const { id, durationMs } = track
  const livePosition = usePlayer(
    useCallback((state: PlayerState) => (state.track?.id === id ? state.positionMs : -1), [id]),
  )
  const liveDuration = usePlayer(
    useCallback((state: PlayerState) => (state.track?.id === id ? state.durationMs : 0), [id]),
  )
  const marks = useSyncExternalStore(
    subscribeToQuoteMarks,
    () => quoteMarks(id),
    () => quoteMarks(id),
  )
  const [rememberedMs, setRememberedMs] = useState(0)
  const isLive = livePosition >= 0
  useEffect(() => {
    if (!isLive) setRememberedMs(recallPlace(id, durationMs))
  }, [id, durationMs, isLive])

  const positionMs = isLive ? livePosition : rememberedMs
  const chapter = chapterAt(track.chapters ?? [], positionMs)
  const lengthMs = liveDuration || durationMs
  return (
    <div>
      <Timeline
        peaks={track.peaks}
        positionMs={positionMs}
        durationMs={lengthMs}
        marks={marks}
        chapters={track.chapters}
        className="h-20! md:h-24!"
        onSeek={(toMs) => (isLive ? player.seek(toMs) : player.playTrack(track, toMs))}
        onAim={(toMs) => isLive && player.prepareJump(toMs)}
      />
      <div className="figures mt-3 flex justify-between gap-3 text-xs text-faint">
        <span>{formatClock(positionMs)}</span>
        {chapter ? (
          <span {...textIn(track.language ?? null)} className="min-w-0 truncate text-soft">
            {chapter.title}
          </span>
        ) : null}
        <span>{formatClock(lengthMs)}</span>
      </div>
    </div>
  )
}
