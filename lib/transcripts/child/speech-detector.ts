import type { DetectionRequest, SpeechStretch } from './speech-protocol.ts'
import { findSpeech } from './speech-windows.ts'

// A process of its own for the same reasons as `main.ts`.
const request: DetectionRequest = JSON.parse(process.argv[2] ?? '')
const toMs = (sampleCount: number) => Math.round((sampleCount / request.sampleRateHz) * 1000)

findSpeech(request, ({ start, samples }) => {
  const stretch: SpeechStretch = { startMs: toMs(start), endMs: toMs(start + samples.length) }
  process.stdout.write(`${JSON.stringify(stretch)}\n`)
})
