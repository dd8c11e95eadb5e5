import { Frame } from 'node-av/lib'
import type { RecordingCut } from '../recording-cut.ts'
import type { AudioSource, ChannelRepair } from './choose-source.ts'
import { createTurns } from './create-turns.ts'
import { createFilterGraph, type FilterGraph } from './filter-graph.ts'
import { decodeFrames, type OpenAudio } from './open-audio.ts'
import { ChildFailure } from './protocol.ts'

/** Gain in dB, then a limiter when a ceiling is given. `level=0` stops alimiter from adding make-up gain. */
export function gainFilters(gainDb: number, ceilingDb: number | null): string {
  const gain = `volume=${gainDb.toFixed(3)}dB:precision=float`
  if (ceilingDb === null) return gain
  const limit = 10 ** (ceilingDb / 20)
  return `${gain},alimiter=limit=${limit.toFixed(6)}:level=0:latency=1:attack=5:release=50`
}

/**
 * A mono source remains mono; any other source becomes stereo, so that the measured audio is what listeners hear.
 */
export function channelFilter({ channels, repair }: AudioSource): string {
  if (repair) return repairs[repair]
  return `aformat=channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`
}

/** The only side with sound becomes mono; an inverted side is inverted again. */
const repairs: Record<ChannelRepair, string> = {
  'left-only': 'pan=mono|c0=c0',
  'right-only': 'pan=mono|c0=c1',
  inverted: 'pan=stereo|c0=c0|c1=-1*c1',
}

/** Exact to one sample. The times of what follows begin at 0. */
function trimFilter({ startMs, endMs }: RecordingCut): string {
  return `atrim=start=${startMs / 1000}:end=${endMs / 1000},asetpts=PTS-STARTPTS`
}

// A few broken packets are accepted; a recording that lacks a fifth of its audio is refused.
const MAX_LOST_SHARE = 0.2

const LEVELLING_NAME = 'volume@levelling'
/** A gain that `runGraph` sets for every frame. */
export const LEVELLING_FILTER = `${LEVELLING_NAME}=0dB:precision=float`

/**
 * Decodes the whole stream, or the part `cut` of it, through filters. `onFrame` sees each frame of each output, which
 * the description labels `[0]` and so on; one without labels has the output 0. A frame is emptied after `onFrame`.
 * The times of the filters, and the returned duration, are those of the part.
 * With `gainDbAt` the filters contain `LEVELLING_FILTER`, which gets the gain of each frame by its time.
 * `onEnd` can read what the filters found.
 * Returns the decoded duration in ms. Throws ChildFailure media.not_audio when nothing, and media.damaged
 * when too little could be decoded.
 */
export async function runGraph(
  audio: OpenAudio,
  description: string,
  options: {
    maxDurationMs: number
    cut: RecordingCut | null
    onProgress: (decodedMs: number) => void
    gainDbAt?: (ms: number) => number
    outputs?: number
    onEnd?: (filters: FilterGraph) => void
  },
  onFrame: (frame: Frame, output: number) => void,
): Promise<number> {
  const { cut, outputs = 1 } = options
  const whole = options.outputs === undefined ? `${description}[0]` : description
  const filters = createFilterGraph(cut ? `${trimFilter(cut)},${whole}` : whole, outputs)
  const startMs = cut?.startMs ?? 0
  const lastMs = Math.min(options.maxDurationMs, cut?.endMs ?? options.maxDurationMs)
  let totalMs = 0
  let expectedMs = 0
  const turn = createTurns()
  const filtered = new Frame()
  filtered.alloc()
  const drain = () => {
    for (let output = 0; output < outputs; output += 1) {
      while (filters.pull(output, filtered)) {
        onFrame(filtered, output)
        filtered.unref()
      }
    }
  }
  try {
    for (const { frame, decodedMs, promisedMs } of decodeFrames(audio, lastMs)) {
      const gainDb = options.gainDbAt?.(Math.max(0, (totalMs + decodedMs) / 2 - startMs))
      // The graph exists only after its first frame, which is shorter than a change that is heard.
      if (gainDb !== undefined && totalMs > 0) {
        filters.command(LEVELLING_NAME, 'volume', `${gainDb.toFixed(3)}dB`)
      }
      filters.push(frame)
      drain()
      totalMs = decodedMs
      expectedMs = promisedMs
      options.onProgress(decodedMs)
      await turn()
    }
    if (totalMs === 0) throw new ChildFailure('media.not_audio', 'no frame could be decoded')
    if (totalMs < expectedMs * (1 - MAX_LOST_SHARE) && totalMs < lastMs) {
      throw new ChildFailure('media.damaged', `${totalMs} ms of ${expectedMs} ms could be decoded`)
    }
    if (totalMs <= startMs)
      throw new ChildFailure('media.damaged', `it ends at ${totalMs} ms, before the part`)
    filters.finish()
    drain()
    options.onEnd?.(filters)
    return cut ? Math.min(totalMs, cut.endMs) - startMs : totalMs
  } finally {
    filtered.free()
    filters.close()
  }
}
