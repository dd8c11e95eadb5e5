import { openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import type { SpeechNetwork, SpeechRequest, SpeechSegment } from './speech-protocol.ts'

// A process of its own: the engine keeps the memory of a model until its process ends, cannot be interrupted, and
// ends its process when a model is broken. It imports only modules of Node, its engine and files in its own folder, so
// that it also runs unbundled next to a bundled task.
const { OfflineRecognizer, Vad }: typeof import('sherpa-onnx-node') = createRequire(import.meta.url)(
  'sherpa-onnx-node',
)

/** The samples that the detector of speech takes at a time. */
const WINDOW = 512
const READ_SAMPLES = WINDOW * 100
const MAX_SEGMENT_S = 20
/** Larger than a segment with the pause that ends it. */
const BUFFER_S = 60

const request: SpeechRequest = JSON.parse(process.argv[2] ?? '')
const { sampleRateHz } = request
const recogniser = new OfflineRecognizer({
  featConfig: { sampleRate: sampleRateHz, featureDim: 80 },
  modelConfig: {
    ...describeNetwork(request.network, request.language),
    tokens: request.network.tokens,
    numThreads: request.threads,
    provider: 'cpu',
    debug: 0,
  },
  decodingMethod: 'greedy_search',
})
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
    sampleRate: sampleRateHz,
    numThreads: 1,
    provider: 'cpu',
    debug: 0,
  },
  BUFFER_S,
)

for (const samples of readSamples()) {
  for (let at = 0; at < samples.length; at += WINDOW) {
    detector.acceptWaveform(samples.subarray(at, at + WINDOW))
    recogniseFound()
  }
}
detector.flush()
recogniseFound()

/** Recognises every stretch of speech that the detector has found, and prints it as a line of JSON. */
function recogniseFound(): void {
  while (!detector.isEmpty()) {
    const { start, samples } = detector.front(false)
    detector.pop()
    const stream = recogniser.createStream()
    stream.acceptWaveform({ samples, sampleRate: sampleRateHz })
    recogniser.decode(stream)
    const { text, tokens, timestamps, ys_log_probs: logProbabilities } = recogniser.getResult(stream)
    const toMs = (sampleCount: number) => Math.round((sampleCount / sampleRateHz) * 1000)
    const segment: SpeechSegment = {
      startMs: toMs(start),
      endMs: toMs(start + samples.length),
      text,
      tokens,
      startsMs: timestamps.map((seconds) => toMs(start) + Math.round(seconds * 1000)),
      shares: logProbabilities.map((value) => Math.min(1, Math.exp(value))),
    }
    process.stdout.write(`${JSON.stringify(segment)}\n`)
  }
}

/** Reads the samples of the file as floats, in whole windows; the last one is filled with silence. */
function* readSamples(): Generator<Float32Array> {
  const file = openSync(request.wavFile, 'r')
  const bytes = Buffer.alloc(READ_SAMPLES * 2)
  let position = request.headerBytes
  for (;;) {
    const count = Math.floor(readSync(file, bytes, 0, bytes.length, position) / 2)
    if (count === 0) return
    position += count * 2
    const samples = new Float32Array(Math.ceil(count / WINDOW) * WINDOW)
    for (let index = 0; index < count; index += 1) samples[index] = bytes.readInt16LE(index * 2) / 32_768
    yield samples
  }
}

function describeNetwork(network: SpeechNetwork, language: string): Record<string, unknown> {
  switch (network.family) {
    case 'whisper': {
      const { encoder, decoder } = network
      return { whisper: { encoder, decoder, language, task: 'transcribe' } }
    }
    case 'nemo-transducer': {
      const { encoder, decoder, joiner } = network
      return { transducer: { encoder, decoder, joiner }, modelType: 'nemo_transducer' }
    }
    case 'nemo-ctc':
      return { nemoCtc: { model: network.graph } }
  }
}
