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

// Below this nobody would call it a recording; ebur128 itself reports -70 LUFS for silence.
const SILENT_LUFS = -69
const SILENT_PEAK_DBTP = -60

/** Loudness, true peak, waveform and pauses in one decode. */
export function measure(request: Extract<ChildRequest, { kind: 'measure' }>): MeasureResult {
  const audio = openAudio(request.inputFile)
  const { channels } = audio.stream.codecpar
  const windows = createWindowCollector()
  let last: Frame | null = null
  const decodedDurationMs = runGraph(
    audio,
    `${channelFilter(channels)},${loudnessFilter(channels, 'true')},aformat=sample_fmts=flt:channel_layouts=mono`,
    { maxDurationMs: request.maxDurationMs, onProgress: createProgress(statedDurationMs(audio)) },
    (frame) => {
      windows.add(floatSamples(frame), frame.sampleRate)
      const kept = frame.clone()
      if (kept && kept.getMetadata().get('lavfi.r128.I') !== null) {
        last?.free()
        last = kept
      } else kept?.free()
    },
  )
  const readings = readLoudness(last)
  audio.demuxer.closeSync()
  if (readings.integratedLufs <= SILENT_LUFS && readings.truePeakDbtp <= SILENT_PEAK_DBTP) {
    throw new ChildFailure('media.silent', `${readings.integratedLufs} LUFS, ${readings.truePeakDbtp} dBTP`)
  }
  const { peak, meanSquare } = windows.finish()
  return {
    ...readings,
    peaks: drawPeaks(peak, request.peakCount),
    silences: findSilences(meanSquare, WINDOW_MS),
    decodedDurationMs: Math.round(decodedDurationMs),
  }
}

/** The loudness that a gain and a ceiling would give, for correcting the gain. Cheaper: no true peak. */
export function measureGain(request: Extract<ChildRequest, { kind: 'measure-gain' }>): {
  integratedLufs: number
} {
  const audio = openAudio(request.inputFile)
  const { channels } = audio.stream.codecpar
  let integratedLufs = -70
  runGraph(
    audio,
    `${channelFilter(channels)},${gainFilters(request.gainDb, request.ceilingDb)},${loudnessFilter(channels, 'none')}`,
    { maxDurationMs: request.maxDurationMs, onProgress: createProgress(statedDurationMs(audio)) },
    (frame) => {
      const reading = frame.getMetadata().get('lavfi.r128.I')
      if (reading !== null) integratedLufs = toNumber(reading, -70)
    },
  )
  audio.demuxer.closeSync()
  return { integratedLufs }
}

// One voice in one channel is heard from two loudspeakers: dualmono makes it measure as loud as it sounds.
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

function readLoudness(
  frame: Frame | null,
): Pick<MeasureResult, 'integratedLufs' | 'loudnessRangeLu' | 'truePeakDbtp'> {
  const readings = frame?.getMetadata().getAll() ?? {}
  frame?.free()
  let peak = 0
  for (const [key, value] of Object.entries(readings)) {
    // The filter gives true peaks as linear values, one per channel.
    if (key.startsWith('lavfi.r128.true_peaks_ch')) peak = Math.max(peak, toNumber(value, 0))
  }
  return {
    integratedLufs: toNumber(readings['lavfi.r128.I'], -70),
    loudnessRangeLu: toNumber(readings['lavfi.r128.LRA'], 0),
    truePeakDbtp: peak > 0 ? 20 * Math.log10(peak) : -100,
  }
}

function toNumber(text: string | undefined, fallback: number): number {
  const value = Number(text)
  return text !== undefined && Number.isFinite(value) ? value : fallback
}
