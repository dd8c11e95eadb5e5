import { createRequire } from 'node:module'
import type { SpeechNetwork, SpeechRequest, SpeechSegment } from './speech-protocol.ts'
import { findSpeech } from './speech-windows.ts'

// A process of its own: the engine keeps the memory of a model until its process ends, cannot be interrupted, and
// ends its process when a model is broken. It imports only modules of Node, its engine and files in its own folder, so
// that it also runs unbundled next to a bundled task.
const { OfflineRecognizer }: typeof import('sherpa-onnx-node') = createRequire(import.meta.url)(
  'sherpa-onnx-node',
)

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
const toMs = (sampleCount: number) => Math.round((sampleCount / sampleRateHz) * 1000)

// Every stretch of speech is recognised, and printed as a line of JSON.
findSpeech(request, ({ start, samples }) => {
  const stream = recogniser.createStream()
  stream.acceptWaveform({ samples, sampleRate: sampleRateHz })
  recogniser.decode(stream)
  const { text, tokens, timestamps, ys_log_probs: logProbabilities } = recogniser.getResult(stream)
  const segment: SpeechSegment = {
    startMs: toMs(start),
    endMs: toMs(start + samples.length),
    text,
    tokens,
    startsMs: timestamps.map((seconds) => toMs(start) + Math.round(seconds * 1000)),
    shares: logProbabilities.map((value) => Math.min(1, Math.exp(value))),
  }
  process.stdout.write(`${JSON.stringify(segment)}\n`)
})

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
