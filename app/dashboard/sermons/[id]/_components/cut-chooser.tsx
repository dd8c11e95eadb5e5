import { ChevronLeft, ChevronRight, Play, Square } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useLanguage } from '#components/messages/use-language.ts'
import { useTranslations } from '#components/messages/use-translations.ts'
import { player } from '#components/player/player.ts'
import { Button, IconButton } from '#components/ui/button.tsx'
import { formatClock, formatDuration } from '#components/ui/format-duration.ts'
import { Notice } from '#components/ui/notice.tsx'
import type { ApiCut } from '#lib/cuts/read-cut.ts'
import { CutTimeline } from './cut-timeline.tsx'
import { type PartEdge, playStretch, timesAtEdge } from './part-player.ts'

type Part = { startMs: number; endMs: number }

const SECOND_MS = 1000
const SHORTEST_MS = 1000

/** Chooses a start and an end on the waveform. Both have to be heard before the part can be published. */
export function CutChooser({
  cut: { durationMs, published, proposal, peaks },
  soundUrl,
  busy,
  onPublish,
  onClose,
}: {
  cut: ApiCut
  soundUrl: string
  busy: boolean
  onPublish: (part: Part) => void
  onClose: () => void
}) {
  const t = useTranslations('cut')
  const language = useLanguage()
  const [moved, setMoved] = useState<Part | null>(published)
  const [heard, setHeard] = useState<Record<PartEdge, boolean>>({ start: false, end: false })
  const { playing, failed, play, stop } = useEdges(soundUrl)
  const proposed = proposal?.part ?? null
  const part = moved ?? proposed ?? { startMs: 0, endMs: durationMs }
  const isProposal = proposed?.startMs === part.startMs && proposed.endMs === part.endMs
  // The recording's own start and end are not a cut.
  const isHeard = (heard.start || part.startMs === 0) && (heard.end || part.endMs === durationMs)
  const isWhole = part.startMs === 0 && part.endMs === durationMs
  const isPublished = published?.startMs === part.startMs && published.endMs === part.endMs

  const choose = (next: Part, changed: readonly PartEdge[]) => {
    stop()
    setMoved(next)
    setHeard((before) => ({
      start: before.start && !changed.includes('start'),
      end: before.end && !changed.includes('end'),
    }))
  }
  const move = (edge: PartEdge, toMs: number) => {
    const at = Math.round(toMs)
    const next =
      edge === 'start'
        ? { ...part, startMs: Math.max(0, Math.min(at, part.endMs - SHORTEST_MS)) }
        : { ...part, endMs: Math.min(durationMs, Math.max(at, part.startMs + SHORTEST_MS)) }
    if (next.startMs !== part.startMs || next.endMs !== part.endMs) choose(next, [edge])
  }
  return (
    <div className="mt-4 flex flex-col gap-4">
      <p role="status" className="text-sm">
        {proposal === null || proposal.state === 'pending'
          ? t('searching')
          : proposal.state === 'failed'
            ? t('searchFailed')
            : proposed
              ? t('proposed', { start: formatClock(proposed.startMs), end: formatClock(proposed.endMs) })
              : t('nothingProposed')}
      </p>
      {peaks.length > 0 ? (
        <CutTimeline peaks={peaks} durationMs={durationMs} part={part} onMove={move} />
      ) : null}
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
        {(['start', 'end'] as const).map((edge) => (
          <Edge
            key={edge}
            edge={edge}
            atMs={edge === 'start' ? part.startMs : part.endMs}
            isPlaying={playing === edge}
            onMove={(toMs) => move(edge, toMs)}
            onPlay={() =>
              playing === edge
                ? stop()
                : play(edge, part, () =>
                    setHeard((before) => (before[edge] ? before : { ...before, [edge]: true })),
                  )
            }
          />
        ))}
      </div>
      <p className="figures text-sm text-soft">
        {t('lasts', {
          length: formatDuration(part.endMs - part.startMs, language),
          whole: formatDuration(durationMs, language),
        })}
      </p>
      {failed ? (
        <Notice tone="danger" live>
          {t('noSound')}
        </Notice>
      ) : null}
      {isHeard || isWhole || isPublished ? null : <p className="text-sm text-soft">{t('listenFirst')}</p>}
      <div className="flex flex-wrap gap-2.5">
        <Button
          size="sm"
          variant="primary"
          busy={busy}
          disabled={!isHeard || isWhole || isPublished}
          onClick={() => {
            stop()
            onPublish(part)
          }}
        >
          {t('publish')}
        </Button>
        {proposed && !isProposal ? (
          <Button size="sm" onClick={() => choose(proposed, ['start', 'end'])}>
            {t('useProposal')}
          </Button>
        ) : null}
        <Button size="sm" variant="quiet" onClick={onClose}>
          {t('close')}
        </Button>
      </div>
    </div>
  )
}

function Edge({
  edge,
  atMs,
  isPlaying,
  onMove,
  onPlay,
}: {
  edge: PartEdge
  atMs: number
  isPlaying: boolean
  onMove: (toMs: number) => void
  onPlay: () => void
}) {
  const t = useTranslations('cut')
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
      <span className="w-full text-xs text-soft">{t(edge)}</span>
      <IconButton
        label={t(edge === 'start' ? 'earlierStart' : 'earlierEnd')}
        onClick={() => onMove(atMs - SECOND_MS)}
      >
        <ChevronLeft aria-hidden size={17} />
      </IconButton>
      <span className="figures min-w-14 text-center">{formatClock(atMs)}</span>
      <IconButton
        label={t(edge === 'start' ? 'laterStart' : 'laterEnd')}
        onClick={() => onMove(atMs + SECOND_MS)}
      >
        <ChevronRight aria-hidden size={17} />
      </IconButton>
      <Button
        size="sm"
        icon={isPlaying ? <Square aria-hidden size={15} /> : <Play aria-hidden size={15} />}
        onClick={onPlay}
      >
        {t(isPlaying ? 'stop' : edge === 'start' ? 'playStart' : 'playEnd')}
      </Button>
    </div>
  )
}

/** Plays the edges of a part from the whole recording, one at a time; the player of the site pauses. */
function useEdges(soundUrl: string) {
  const audio = useRef<HTMLAudioElement | null>(null)
  const stopping = useRef<(() => void) | null>(null)
  const [playing, setPlaying] = useState<PartEdge | null>(null)
  const [failed, setFailed] = useState(false)
  useEffect(
    () => () => {
      stopping.current?.()
      audio.current?.removeAttribute('src')
    },
    [],
  )
  const stop = () => stopping.current?.()
  const play = (edge: PartEdge, part: Part, onHeard: () => void) => {
    stop()
    player.pause()
    audio.current ??= new Audio(soundUrl)
    setFailed(false)
    setPlaying(edge)
    stopping.current = playStretch(audio.current, timesAtEdge(edge, part), {
      onHeard,
      onStop: (hasFailed) => {
        stopping.current = null
        setPlaying(null)
        setFailed(hasFailed)
        // A new element requests the file again.
        if (hasFailed) audio.current = null
      },
    })
  }
  return { playing, failed, play, stop }
}
