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

// Below this the recording counts as silent; ebur128 itself reports -70 LUFS for silence.
const SILENT_LUFS = -69
const SILENT_PEAK_DBFS = -60
const QUIETEST = 1e-5

/** Loudness, peak, what a limiter would do, waveform and pauses in one decode. */
export async function measure(request: Extract<ChildRequest, { kind: 'measure' }>): Promise<MeasureResult> {
  const audio = openAudio(request.inputFile, request.source)
  const { channels } = audio.source
  const windows = createWindowCollector()
  const readings = createLoudnessReader()
  const decodedDurationMs = await runGraph(
    audio,
    `${channelFilter(audio.source)},${loudnessFilter(channels)},aformat=sample_fmts=flt`,
    {
      maxDurationMs: request.maxDurationMs,
      cut: request.cut,
      onProgress: createProgress(request.cut?.endMs ?? statedDurationMs(audio)),
    },
    (frame) => {
      windows.add(floatSamples(frame), { sampleRateHz: frame.sampleRate, channels: frame.channels })
      readings.see(frame)
    },
  )
  const loudness = readings.finish()
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
  return `ebur128=peak=none:framelog=quiet:metadata=1${channels === 1 ? ':dualmono=true' : ''}`
}

function floatSamples(frame: Frame): Float32Array {
  const bytes = frame.data?.[0]
  if (!bytes) return new Float32Array(0)
  const length = Math.min(frame.nbSamples * frame.channels, Math.floor(bytes.byteLength / 4))
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, length)
  return new Float32Array(Uint8Array.prototype.slice.call(bytes, 0, length * 4).buffer)
}

type Loudness = Pick<MeasureResult, 'integratedLufs' | 'loudnessRangeLu'>

/**
 * Keeps the last frames for the running totals that ebur128 attaches to them; the very last frame has none when it
 * is shorter than a block.
 */
function createLoudnessReader(): { see: (frame: Frame) => void; finish: () => Loudness } {
  let kept: (Frame | null)[] = []
  return {
    see(frame) {
      kept.push(frame.clone())
      if (kept.length > 2) kept.shift()?.free()
    },
    finish() {
      const totals = kept.map((frame) => readTotals(frame)).findLast((found) => 'lavfi.r128.I' in found) ?? {}
      for (const frame of kept) frame?.free()
      kept = []
      return {
        integratedLufs: toNumber(totals['lavfi.r128.I'], -70),
        loudnessRangeLu: toNumber(totals['lavfi.r128.LRA'], 0),
      }
    },
  }
}

function readTotals(frame: Frame | null): Record<string, string> {
  return frame?.getMetadata().getAll() ?? {}
}

function toNumber(text: string | undefined, fallback: number): number {
  const value = Number(text)
  return text !== undefined && Number.isFinite(value) ? value : fallback
}
