import type { Env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'
import { listModels, type ModelSettings } from '#lib/models/list-models.ts'
import { isModelReady } from '#lib/models/model-folder.ts'
import type { Embedder } from './embedder.ts'
import { type LocalEmbedder, localEmbedder } from './local-embedder.ts'
import { openAiEmbedder } from './openai-embedder.ts'

const OPENAI_MODEL = 'text-embedding-3-small'

export type EmbedderSettings = Pick<Env, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_EMBEDDING_MODEL'> &
  ModelSettings

/**
 * The model for these settings, or null, in which case search uses only words and their meanings. OpenAI
 * needs only its key; a compatible server under `OPENAI_BASE_URL` may not offer embeddings, so the model must be
 * named too. Without either, the model on this machine is used as soon as it is there.
 */
export function chooseEmbedder(settings: EmbedderSettings): Embedder | null {
  return chooseHosted(settings) ?? chooseLocal(settings)
}

/**
 * The same for work that needs many vectors: a model on this machine is loaded first, and null comes back
 * where that fails, so that indexing goes without it.
 */
export async function openEmbedder(settings: EmbedderSettings): Promise<Embedder | null> {
  const hosted = chooseHosted(settings)
  if (hosted) return hosted
  const local = chooseLocal(settings)
  if (!local) return null
  try {
    await local.load()
    return local
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    console.warn(`Indexing without the model: ${error.message}`, error.cause ?? '')
    return null
  }
}

function chooseHosted(settings: EmbedderSettings): Embedder | null {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_EMBEDDING_MODEL } = settings
  const model = OPENAI_EMBEDDING_MODEL ?? (OPENAI_BASE_URL ? undefined : OPENAI_MODEL)
  if (!model || !(OPENAI_API_KEY || OPENAI_BASE_URL)) return null
  return openAiEmbedder({
    // A server on the same machine often needs no key, but the client requires one.
    apiKey: OPENAI_API_KEY ?? 'none',
    baseUrl: OPENAI_BASE_URL,
    model,
  })
}

function chooseLocal(settings: EmbedderSettings): LocalEmbedder | null {
  for (const model of listModels(settings)) {
    if (model.kind === 'sentence-embedder' && isModelReady(settings.SELAH_MODELS_DIR, model)) {
      return localEmbedder(settings.SELAH_MODELS_DIR, model)
    }
  }
  return null
}
