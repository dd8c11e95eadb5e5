import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { wavePath } from '#components/player/wave-path.ts'
import { speakDuration } from '#components/ui/format-duration.ts'
import type { PartEdge } from './part-player.ts'

const STEP_MS = 500
const LARGE_STEP_MS = 5000
const PAGE_MS = 30_000

type Part = { startMs: number; endMs: number }

/** The waveform of the whole recording with two handles; what is left out is pale. Each handle is a slider. */
export function CutTimeline({
  peaks,
  durationMs,
  part,
  onMove,
}: {
  peaks: readonly number[]
  durationMs: number
  part: Part
  onMove: (edge: PartEdge, toMs: number) => void
}) {
  const box = useRef<HTMLDivElement>(null)
  const path = wavePath(peaks)
  const share = (ms: number) => `${(Math.min(1, Math.max(0, ms / durationMs)) * 100).toFixed(3)}%`
  const timeAt = (event: PointerEvent) => {
    const { left = 0, width = 1 } = box.current?.getBoundingClientRect() ?? {}
    return Math.min(1, Math.max(0, (event.clientX - left) / width)) * durationMs
  }
  const wave = (
    <svg aria-hidden viewBox={`0 0 ${peaks.length} 100`} preserveAspectRatio="none" className="size-full">
      <path d={path} fill="currentColor" />
    </svg>
  )
  return (
    // The handles stand out at both ends.
    <div className="px-3">
      <div ref={box} className="relative h-20 select-none">
        <div className="absolute inset-0 text-wave opacity-45">{wave}</div>
        <div
          aria-hidden
          className="absolute inset-y-0 rounded-sm bg-accent/10"
          style={{ left: share(part.startMs), right: `calc(100% - ${share(part.endMs)})` }}
        />
        <div
          className="absolute inset-0 text-accent"
          style={{ clipPath: `inset(0 calc(100% - ${share(part.endMs)}) 0 ${share(part.startMs)})` }}
        >
          {wave}
        </div>
        {(['start', 'end'] as const).map((edge) => (
          <Handle
            key={edge}
            edge={edge}
            part={part}
            durationMs={durationMs}
            left={share(edge === 'start' ? part.startMs : part.endMs)}
            timeAt={timeAt}
            onMove={onMove}
          />
        ))}
      </div>
    </div>
  )
}

function Handle({
  edge,
  part,
  durationMs,
  left,
  timeAt,
  onMove,
}: {
  edge: PartEdge
  part: Part
  durationMs: number
  left: string
  timeAt: (event: PointerEvent) => number
  onMove: (edge: PartEdge, toMs: number) => void
}) {
  const t = useTranslations('cut')
  const language = useLanguage()
  const atMs = edge === 'start' ? part.startMs : part.endMs
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.shiftKey ? LARGE_STEP_MS : STEP_MS
    const targets: Record<string, number> = {
      ArrowLeft: atMs - step,
      ArrowDown: atMs - step,
      ArrowRight: atMs + step,
      ArrowUp: atMs + step,
      PageDown: atMs - PAGE_MS,
      PageUp: atMs + PAGE_MS,
      Home: 0,
      End: durationMs,
    }
    const target = targets[event.key]
    if (target === undefined) return
    event.preventDefault()
    onMove(edge, target)
  }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t(edge)}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(atMs / 1000)}
      aria-valuetext={speakDuration(atMs, language)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(edge, timeAt(event))
      }}
      className="group absolute inset-y-0 z-1 flex w-11 -translate-x-1/2 cursor-ew-resize touch-none justify-center rounded-sm"
      style={{ left }}
    >
      <span aria-hidden className="h-full w-0.5 bg-ink" />
      <span
        aria-hidden
        className="absolute top-1/2 h-8 w-3 -translate-y-1/2 rounded-full border-2 border-paper bg-ink transition-transform duration-150 group-hover:scale-110"
      />
    </div>
  )
}
