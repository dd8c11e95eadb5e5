import { listModels, type ModelSettings } from '#lib/models/list-models.ts'
import { isModelReady } from '#lib/models/model-folder.ts'
import type { SpeechManifest } from '#lib/models/model-manifest.ts'
import { findRecogniser } from './find-recogniser.ts'
import { transcribeWithDeepgram } from './transcribe-with-deepgram.ts'
import { transcribeWithRecogniser } from './transcribe-with-recogniser.ts'
import { transcribeWithSpeechModel } from './transcribe-with-speech-model.ts'
import type { Transcriber } from './transcriber.ts'

/** What decides which transcriber is used. The base URL is for servers that speak the protocol of Deepgram. */
export type TranscriberSettings = ModelSettings & {
  DEEPGRAM_API_KEY?: string | undefined
  DEEPGRAM_BASE_URL?: string | undefined
}

/**
 * The best available transcriber: Deepgram with a key, else a speech model on this machine, else the recogniser on this
 * machine, else null (the sermon then waits for an uploaded transcript).
 */
export async function chooseTranscriber(settings: TranscriberSettings): Promise<Transcriber | null> {
  const { DEEPGRAM_API_KEY: apiKey, DEEPGRAM_BASE_URL: baseUrl, SELAH_MODELS_DIR: modelsDir } = settings
  if (apiKey) {
    return {
      source: 'deepgram',
      label: 'Deepgram nova-3',
      transcribe: (input) => transcribeWithDeepgram(baseUrl ? { apiKey, baseUrl } : { apiKey }, input),
    }
  }
  const model = findSpeechModel(settings)
  if (model) {
    return {
      source: 'speech-model',
      label: `${model.label} on this machine`,
      transcribe: (input) => transcribeWithSpeechModel({ model, modelsDir }, input),
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

/** The speech model of this machine, once all of its files have arrived. */
function findSpeechModel(settings: ModelSettings): SpeechManifest | null {
  for (const model of listModels(settings)) {
    if (model.kind === 'speech' && isModelReady(settings.SELAH_MODELS_DIR, model)) return model
  }
  return null
}
