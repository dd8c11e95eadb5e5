import { openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

const { Vad }: typeof import('sherpa-onnx-node') = createRequire(import.meta.url)('sherpa-onnx-node')

/** The samples that the detector of speech takes at a time. */
const WINDOW = 512
const READ_WINDOWS = 100
const MAX_SEGMENT_S = 20
/** Larger than a segment with the pause that ends it. */
const BUFFER_S = 60

/** A stretch of speech, in samples of the file. */
type Found = { start: number; samples: Float32Array }

/**
 * Calls `take` with every stretch of speech in a WAV file of 16-bit mono samples, in order, with the part of the file
 * in memory that the detector needs. `headerBytes` is where the samples begin.
 */
export function findSpeech(
  file: { wavFile: string; headerBytes: number; sampleRateHz: number },
  take: (found: Found) => void,
): void {
  const detector = new Vad(
    {
      sileroVad: {
        model: path.join(import.meta.dirname, 'silero-vad.onnx'),
        threshold: 0.5,
        minSilenceDuration: 0.25,
        minSpeechDuration: 0.25,
        maxSpeechDuration: MAX_SEGMENT_S,
        windowSize: WINDOW,
      },
      sampleRate: file.sampleRateHz,
      numThreads: 1,
      provider: 'cpu',
      debug: 0,
    },
    BUFFER_S,
  )
  const takeFound = () => {
    while (!detector.isEmpty()) {
      const { start, samples } = detector.front(false)
      detector.pop()
      take({ start, samples })
    }
  }
  for (const samples of readSamples(file)) {
    for (let at = 0; at < samples.length; at += WINDOW) {
      detector.acceptWaveform(samples.subarray(at, at + WINDOW))
      takeFound()
    }
  }
  detector.flush()
  takeFound()
}

/** Reads the samples of the file as floats, in whole windows; the last one is filled with silence. */
function* readSamples({
  wavFile,
  headerBytes,
}: {
  wavFile: string
  headerBytes: number
}): Generator<Float32Array> {
  const file = openSync(wavFile, 'r')
  const bytes = Buffer.alloc(WINDOW * READ_WINDOWS * 2)
  let position = headerBytes
  for (;;) {
    const count = Math.floor(readSync(file, bytes, 0, bytes.length, position) / 2)
    if (count === 0) return
    position += count * 2
    const samples = new Float32Array(Math.ceil(count / WINDOW) * WINDOW)
    for (let index = 0; index < count; index += 1) samples[index] = bytes.readInt16LE(index * 2) / 32_768
    yield samples
  }
}
