import type { Frame } from 'node-av/lib'
import { createWindowCollector, WINDOW_MS, type Windows } from './collect-windows.ts'
import { drawPeaks } from './draw-peaks.ts'
import { findSilences, type Silence } from './find-silences.ts'
import { gatedLevelDb } from './gated-level.ts'
import { modelLimiter } from './model-limiter.ts'
import { openAudio, statedDurationMs } from './open-audio.ts'
import { type LevellingCurve, levelWindows, planLevelling } from './plan-levelling.ts'
import { ChildFailure, type ChildRequest, createProgress } from './protocol.ts'
import { channelFilter, runGraph } from './run-graph.ts'

export type MeasureResult = {
  integratedLufs: number
  loudnessRangeLu: number
  peakDbfs: number
  limiterLossDb: number[]
  peaks: number[]
  silences: Silence[]
  decodedDurationMs: number
  levelled: Levelled | null
}

/** A voice that wanders: how it is to be levelled, and loudness, peak and limiter table after that. */
type Levelled = { curve: LevellingCurve; integratedLufs: number; peakDbfs: number; limiterLossDb: number[] }

type Loudness = Pick<MeasureResult, 'integratedLufs' | 'loudnessRangeLu'>

const LOUDNESS_NAME = 'ebur128@loudness'
/** What the filter reports for silence. Below the other value a recording counts as silent. */
const SILENCE_LUFS = -70
const SILENT_LUFS = -69
const SILENT_PEAK_DBFS = -60
const QUIETEST = 1e-5

/** Loudness, peak, what a limiter would do, waveform and pauses in one decode. */
export async function measure(request: Extract<ChildRequest, { kind: 'measure' }>): Promise<MeasureResult> {
  const audio = openAudio(request.inputFile, request.source)
  const { channels } = audio.source
  const windows = createWindowCollector()
  let loudness: Loudness = { integratedLufs: SILENCE_LUFS, loudnessRangeLu: 0 }
  const decodedDurationMs = await runGraph(
    audio,
    `${channelFilter(audio.source)},${loudnessFilter(channels)},aformat=sample_fmts=flt`,
    {
      maxDurationMs: request.maxDurationMs,
      cut: request.cut,
      onProgress: createProgress(request.cut?.endMs ?? statedDurationMs(audio)),
      onEnd(filters) {
        loudness = {
          integratedLufs: filters.read(LOUDNESS_NAME, 'integrated') ?? SILENCE_LUFS,
          loudnessRangeLu: filters.read(LOUDNESS_NAME, 'range') ?? 0,
        }
      },
    },
    (frame) => {
      windows.add(floatSamples(frame), { sampleRateHz: frame.sampleRate, channels: frame.channels })
    },
  )
  audio.demuxer.closeSync()
  const collected = windows.finish()
  const peakDbfs = toPeakDb(collected.peak)
  if (loudness.integratedLufs <= SILENT_LUFS && peakDbfs <= SILENT_PEAK_DBFS) {
    throw new ChildFailure('media.silent', `${loudness.integratedLufs} LUFS, peak ${peakDbfs} dB`)
  }
  const silences = findSilences(collected.meanSquare, WINDOW_MS)
  return {
    ...loudness,
    peakDbfs,
    limiterLossDb: modelLimiter(collected),
    peaks: drawPeaks(collected.peak, request.peakCount),
    silences,
    decodedDurationMs: Math.round(decodedDurationMs),
    levelled: levelVoice(collected, silences, loudness.integratedLufs),
  }
}

function levelVoice(windows: Windows, silences: readonly Silence[], integratedLufs: number): Levelled | null {
  const curve = planLevelling(windows, silences)
  if (!curve) return null
  const levelled = levelWindows(windows, curve)
  const changeDb = gatedLevelDb(levelled.meanSquare) - gatedLevelDb(windows.meanSquare)
  return {
    curve,
    integratedLufs: integratedLufs + changeDb,
    peakDbfs: toPeakDb(levelled.peak),
    limiterLossDb: modelLimiter(levelled),
  }
}

const toPeakDb = (peak: Float32Array): number =>
  20 *
  Math.log10(
    Math.max(
      QUIETEST,
      peak.reduce((highest, value) => Math.max(highest, value), 0),
    ),
  )

// A mono recording plays on two loudspeakers; dualmono measures it accordingly.
function loudnessFilter(channels: number): string {
  return `${LOUDNESS_NAME}=peak=none:framelog=quiet${channels === 1 ? ':dualmono=true' : ''}`
}

function floatSamples(frame: Frame): Float32Array {
  const bytes = frame.data?.[0]
  if (!bytes) return new Float32Array(0)
  const length = Math.min(frame.nbSamples * frame.channels, Math.floor(bytes.byteLength / 4))
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, length)
  return new Float32Array(Uint8Array.prototype.slice.call(bytes, 0, length * 4).buffer)
}
