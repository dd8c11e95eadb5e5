import { openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { DetectionRequest, SpeechStretch } from './speech-protocol.ts'

// A process of its own for the same reasons as `main.ts`.
const { Vad }: typeof import('sherpa-onnx-node') = createRequire(import.meta.url)('sherpa-onnx-node')

const WINDOW = 512
const READ_SAMPLES = WINDOW * 1000
const BUFFER_S = 60

const request: DetectionRequest = JSON.parse(process.argv[2] ?? '')
const { sampleRateHz } = request
const detector = new Vad(
  {
    sileroVad: {
      model: path.join(import.meta.dirname, 'silero-vad.onnx'),
      threshold: 0.5,
      minSilenceDuration: 0.25,
      minSpeechDuration: 0.25,
      maxSpeechDuration: 20,
      windowSize: WINDOW,
    },
    sampleRate: sampleRateHz,
    numThreads: 1,
    provider: 'cpu',
    debug: 0,
  },
  BUFFER_S,
)

const file = openSync(request.wavFile, 'r')
const bytes = Buffer.alloc(READ_SAMPLES * 2)
let position = request.headerBytes
for (;;) {
  const count = Math.floor(readSync(file, bytes, 0, bytes.length, position) / 2)
  if (count === 0) break
  position += count * 2
  const samples = new Float32Array(Math.ceil(count / WINDOW) * WINDOW)
  for (let index = 0; index < count; index += 1) samples[index] = bytes.readInt16LE(index * 2) / 32_768
  for (let at = 0; at < samples.length; at += WINDOW) {
    detector.acceptWaveform(samples.subarray(at, at + WINDOW))
    printFound()
  }
}
detector.flush()
printFound()

function printFound(): void {
  while (!detector.isEmpty()) {
    const { start, samples } = detector.front(false)
    detector.pop()
    const toMs = (sampleCount: number) => Math.round((sampleCount / sampleRateHz) * 1000)
    const stretch: SpeechStretch = { startMs: toMs(start), endMs: toMs(start + samples.length) }
    process.stdout.write(`${JSON.stringify(stretch)}\n`)
  }
}
