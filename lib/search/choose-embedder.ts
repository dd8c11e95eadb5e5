import type { Env } from '#lib/env.ts'
import type { Embedder } from './embedder.ts'
import { openAiEmbedder } from './openai-embedder.ts'

const OPENAI_MODEL = 'text-embedding-3-small'

/**
 * The model for these settings, or null: then search works by words and their meanings alone. OpenAI
 * itself needs its key only; a compatible server under `OPENAI_BASE_URL` may not embed at all, so there
 * the model must be named too.
 */
export function chooseEmbedder(
  env: Pick<Env, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_EMBEDDING_MODEL'>,
): Embedder | null {
  const model = env.OPENAI_EMBEDDING_MODEL ?? (env.OPENAI_BASE_URL ? undefined : OPENAI_MODEL)
  if (!model || !(env.OPENAI_API_KEY || env.OPENAI_BASE_URL)) return null
  return openAiEmbedder({
    // A server on the same machine often needs no key, but the client insists on one.
    apiKey: env.OPENAI_API_KEY ?? 'none',
    baseUrl: env.OPENAI_BASE_URL,
    model,
  })
}
