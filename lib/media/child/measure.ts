import type { Frame } from 'node-av/lib'
import { createWindowCollector, WINDOW_MS } from './collect-windows.ts'
import { drawPeaks } from './draw-peaks.ts'
import { findSilences, type Silence } from './find-silences.ts'
import { openAudio, statedDurationMs } from './open-audio.ts'
import { ChildFailure, type ChildRequest, createProgress } from './protocol.ts'
import { channelFilter, gainFilters, runGraph } from './run-graph.ts'

export type MeasureResult = {
  integratedLufs: number
  loudnessRangeLu: number
  truePeakDbtp: number
  peaks: number[]
  silences: Silence[]
  decodedDurationMs: number
}

// Below this the recording counts as silent; ebur128 itself reports -70 LUFS for silence.
const SILENT_LUFS = -69
const SILENT_PEAK_DBTP = -60

/** Loudness, true peak, waveform and pauses in one decode. */
export async function measure(request: Extract<ChildRequest, { kind: 'measure' }>): Promise<MeasureResult> {
  const audio = openAudio(request.inputFile)
  const { channels } = audio.source
  const windows = createWindowCollector()
  const readings = createLoudnessReader()
  const decodedDurationMs = await runGraph(
    audio,
    `${channelFilter(audio.source)},${loudnessFilter(channels, 'true')},aformat=sample_fmts=flt:channel_layouts=mono`,
    { maxDurationMs: request.maxDurationMs, onProgress: createProgress(statedDurationMs(audio)) },
    (frame) => {
      windows.add(floatSamples(frame), frame.sampleRate)
      readings.see(frame)
    },
  )
  const loudness = readings.finish()
  audio.demuxer.closeSync()
  if (loudness.integratedLufs <= SILENT_LUFS && loudness.truePeakDbtp <= SILENT_PEAK_DBTP) {
    throw new ChildFailure('media.silent', `${loudness.integratedLufs} LUFS, ${loudness.truePeakDbtp} dBTP`)
  }
  const { peak, meanSquare } = windows.finish()
  return {
    ...loudness,
    peaks: drawPeaks(peak, request.peakCount),
    silences: findSilences(meanSquare, WINDOW_MS),
    decodedDurationMs: Math.round(decodedDurationMs),
  }
}

/** The loudness that a gain and a ceiling would give, for correcting the gain. Cheaper: no true peak. */
export async function measureGain(
  request: Extract<ChildRequest, { kind: 'measure-gain' }>,
): Promise<{ integratedLufs: number }> {
  const audio = openAudio(request.inputFile)
  const { channels } = audio.source
  const readings = createLoudnessReader()
  await runGraph(
    audio,
    `${channelFilter(audio.source)},${gainFilters(request.gainDb, request.ceilingDb)},${loudnessFilter(channels, 'none')}`,
    { maxDurationMs: request.maxDurationMs, onProgress: createProgress(statedDurationMs(audio)) },
    readings.see,
  )
  audio.demuxer.closeSync()
  return { integratedLufs: readings.finish().integratedLufs }
}

// A mono recording plays on two loudspeakers; dualmono measures it accordingly.
function loudnessFilter(channels: number, peak: 'true' | 'none'): string {
  return `ebur128=peak=${peak}:framelog=quiet:metadata=1${channels === 1 ? ':dualmono=true' : ''}`
}

function floatSamples(frame: Frame): Float32Array {
  const bytes = frame.data?.[0]
  if (!bytes) return new Float32Array(0)
  const length = Math.min(frame.nbSamples, Math.floor(bytes.byteLength / 4))
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, length)
  return new Float32Array(Uint8Array.prototype.slice.call(bytes, 0, length * 4).buffer)
}

type Loudness = Pick<MeasureResult, 'integratedLufs' | 'loudnessRangeLu' | 'truePeakDbtp'>

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
      let peak = 0
      for (const [key, value] of Object.entries(totals)) {
        // The filter gives true peaks as linear values, one per channel.
        if (key.startsWith('lavfi.r128.true_peaks_ch')) peak = Math.max(peak, toNumber(value, 0))
      }
      return {
        integratedLufs: toNumber(totals['lavfi.r128.I'], -70),
        loudnessRangeLu: toNumber(totals['lavfi.r128.LRA'], 0),
        truePeakDbtp: peak > 0 ? 20 * Math.log10(peak) : -100,
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
