'use client'

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { classNames } from '#components/ui/class-names.ts'
import { formatClock, speakDuration } from '#components/ui/format-duration.ts'
import { snapToMark } from './snap-to-mark.ts'
import { chapterAt, type TrackChapter } from './track.ts'
import { wavePath } from './wave-path.ts'

const noMarks: readonly number[] = []
const noChapters: readonly TrackChapter[] = []
const STEP_MS = 5000
const PAGE_MS = 60_000

/** A press this close to a mark seeks to the mark. */
const SNAP_PX = 9

/**
 * The position in the recording: the waveform where it is known, otherwise a plain bar. A slider for the keyboard
 * (arrow keys 5 s, Page keys a minute, Home, End) and for screen readers.
 */
export function Timeline({
  peaks,
  positionMs,
  durationMs,
  bufferedMs = 0,
  onSeek,
  onAim,
  label,
  className,
  disabled = false,
  marks = noMarks,
  chapters = noChapters,
}: {
  peaks: readonly number[]
  /** Positions shown as dots, in milliseconds. The marked items have their own controls elsewhere. */
  marks?: readonly number[]
  /** Their beginnings are ticks; the name is shown with the time under the pointer. */
  chapters?: readonly TrackChapter[] | undefined
  positionMs: number
  durationMs: number
  bufferedMs?: number
  onSeek: (toMs: number) => void
  /** Where `onSeek` may go next: where the pointer was pressed, or a minute on when a key moved the focus here. */
  onAim?: (toMs: number) => void
  label?: string
  className?: string
  disabled?: boolean
}) {
  const t = useTranslations('player')
  const language = useLanguage()
  const line = useRef<HTMLDivElement>(null)
  const [dragMs, setDragMs] = useState<number | null>(null)
  const [hoverMs, setHoverMs] = useState<number | null>(null)
  const shownMs = Math.min(dragMs ?? positionMs, durationMs || Number.POSITIVE_INFINITY)
  const share = (ms: number) => (durationMs > 0 ? Math.min(1, Math.max(0, ms / durationMs)) : 0)
  const played = share(shownMs)

  const timeAt = (event: PointerEvent) => {
    const box = line.current?.getBoundingClientRect()
    if (!box || box.width === 0) return 0
    const at = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * durationMs
    const places = [...marks, ...chapters.map(({ startMs }) => startMs)]
    return snapToMark(at, places, (SNAP_PX / box.width) * durationMs)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const steps: Record<string, number> = {
      ArrowLeft: positionMs - STEP_MS,
      ArrowDown: positionMs - STEP_MS,
      ArrowRight: positionMs + STEP_MS,
      ArrowUp: positionMs + STEP_MS,
      PageDown: positionMs - PAGE_MS,
      PageUp: positionMs + PAGE_MS,
      Home: 0,
      End: durationMs,
    }
    const target = steps[event.key]
    if (target === undefined) return
    event.preventDefault()
    onSeek(Math.min(durationMs, Math.max(0, target)))
  }

  const hasWave = peaks.length > 0
  const position = t('positionOf', {
    position: speakDuration(shownMs, language),
    length: speakDuration(durationMs, language),
  })
  const shownChapter = chapterAt(chapters, shownMs)?.title
  const pointedMs = dragMs ?? hoverMs
  // The label, which may be as wide as `max-w-60`, stays over the timeline.
  const edge = chapters.length > 0 ? '7.5rem' : '1.5rem'
  const pointedChapter = pointedMs === null ? undefined : chapterAt(chapters, pointedMs)?.title
  return (
    <div
      ref={line}
      role="slider"
      tabIndex={disabled ? -1 : 0}
      aria-label={label ?? t('position')}
      aria-disabled={disabled || undefined}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(shownMs / 1000)}
      aria-valuetext={shownChapter === undefined ? position : `${position}, ${shownChapter}`}
      data-base-ui-swipe-ignore
      onKeyDown={disabled ? undefined : onKeyDown}
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) onAim?.(positionMs + PAGE_MS)
      }}
      onPointerDown={(event) => {
        if (disabled || event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        const at = timeAt(event)
        setDragMs(at)
        onAim?.(at)
      }}
      onPointerMove={(event) => {
        if (disabled) return
        const at = timeAt(event)
        if (dragMs !== null) setDragMs(at)
        if (event.pointerType === 'mouse') setHoverMs(at)
      }}
      onPointerUp={(event) => {
        if (dragMs === null) return
        setDragMs(null)
        onSeek(timeAt(event))
      }}
      onPointerCancel={() => setDragMs(null)}
      onPointerLeave={() => setHoverMs(null)}
      className={classNames(
        'group relative touch-none select-none rounded-sm',
        disabled ? 'opacity-60' : 'cursor-pointer',
        hasWave ? 'h-16' : 'h-6',
        className,
      )}
    >
      {hasWave ? (
        <Wave peaks={peaks} played={played} />
      ) : (
        <div className="absolute inset-x-0 top-1/2 h-1 -translate-y-1/2 overflow-hidden rounded-full bg-wave/60 transition-transform duration-150 group-hover:scale-y-150">
          <div
            className="absolute inset-0 origin-left bg-wave"
            style={{ transform: `scaleX(${share(bufferedMs)})` }}
          />
          <div
            className="absolute inset-0 origin-left bg-accent"
            style={{ transform: `scaleX(${played})` }}
          />
        </div>
      )}
      {chapters.map(({ startMs }) =>
        startMs > 0 ? (
          <span
            key={startMs}
            aria-hidden
            data-chapter
            className={classNames(
              'pointer-events-none absolute top-1/2 w-0.5 -translate-x-1/2 -translate-y-1/2 rounded-full bg-ink',
              hasWave ? 'h-full opacity-40' : 'h-2.5 opacity-60',
            )}
            style={{ left: `${share(startMs) * 100}%` }}
          />
        ) : null,
      )}
      <div
        aria-hidden
        className={classNames(
          'pointer-events-none absolute top-1/2 -translate-x-1/2 -translate-y-1/2 rounded-full bg-accent transition-opacity duration-150',
          hasWave ? 'h-full w-0.5' : 'size-3.5',
          hasWave || dragMs !== null
            ? played > 0 || dragMs !== null
              ? 'opacity-100'
              : 'opacity-0'
            : 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100',
        )}
        style={{ left: `${played * 100}%` }}
      />
      {marks.map((mark) => (
        <span
          key={mark}
          aria-hidden
          data-mark
          className="pointer-events-none absolute -bottom-2 size-2 -translate-x-1/2 animate-appear rounded-full bg-accent"
          style={{ left: `${share(mark) * 100}%` }}
        />
      ))}
      {pointedMs !== null && !disabled ? (
        <div
          aria-hidden
          className="figures pointer-events-none absolute -top-8 max-w-60 -translate-x-1/2 truncate rounded-full bg-ink px-2.5 py-0.5 text-xs font-medium text-paper"
          style={{ left: `clamp(${edge}, ${share(pointedMs) * 100}%, calc(100% - ${edge}))` }}
        >
          {formatClock(pointedMs)}
          {pointedChapter === undefined ? null : ` · ${pointedChapter}`}
        </div>
      ) : null}
    </div>
  )
}

/** The waveform, with the played part in the accent colour. */
function Wave({ peaks, played }: { peaks: readonly number[]; played: number }) {
  const path = wavePath(peaks)
  const box = { viewBox: `0 0 ${peaks.length} 100`, preserveAspectRatio: 'none' } as const
  return (
    <>
      <svg aria-hidden {...box} className="absolute inset-0 size-full text-wave">
        <path d={path} fill="currentColor" />
      </svg>
      <svg
        aria-hidden
        {...box}
        className="absolute inset-0 size-full text-accent"
        style={{ clipPath: `inset(0 ${(1 - played) * 100}% 0 0)` }}
      >
        <path d={path} fill="currentColor" />
      </svg>
    </>
  )
}
