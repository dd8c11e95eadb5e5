import { findRecogniser } from './find-recogniser.ts'
import { transcribeWithDeepgram } from './transcribe-with-deepgram.ts'
import { transcribeWithRecogniser } from './transcribe-with-recogniser.ts'
import type { Transcriber } from './transcriber.ts'

/**
 * The best available transcriber: Deepgram with a key, else the recogniser on this machine, else null (the sermon
 * then waits for an uploaded transcript). `deepgramBaseUrl` is for servers that speak the same protocol.
 */
export async function chooseTranscriber(settings: {
  deepgramApiKey?: string | undefined
  deepgramBaseUrl?: string | undefined
}): Promise<Transcriber | null> {
  const { deepgramApiKey: apiKey, deepgramBaseUrl: baseUrl } = settings
  if (apiKey) {
    return {
      source: 'deepgram',
      label: 'Deepgram nova-3',
      transcribe: (input) => transcribeWithDeepgram(baseUrl ? { apiKey, baseUrl } : { apiKey }, input),
    }
  }
  const recogniser = await findRecogniser()
  if (!recogniser) return null
  return {
    source: 'recogniser',
    label: recogniser.label,
    transcribe: (input) => transcribeWithRecogniser(recogniser, input),
  }
}
