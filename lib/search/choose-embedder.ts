import type { Env } from '#lib/env.ts'
import type { Embedder } from './embedder.ts'
import { lexicalEmbedder } from './lexical-embedder.ts'
import { openAiEmbedder } from './openai-embedder.ts'

const OPENAI_MODEL = 'text-embedding-3-small'

/**
 * The embedder for these settings. OpenAI itself needs its key only; a compatible server under
 * `OPENAI_BASE_URL` may not embed at all, so there the model must be named too. Everything else is
 * lexical.
 */
export function chooseEmbedder(
  env: Pick<Env, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_EMBEDDING_MODEL'>,
): Embedder {
  const model = env.OPENAI_EMBEDDING_MODEL ?? (env.OPENAI_BASE_URL ? undefined : OPENAI_MODEL)
  if (!model || !(env.OPENAI_API_KEY || env.OPENAI_BASE_URL)) return lexicalEmbedder
  return openAiEmbedder({
    // A server on one's own machine often asks for no key, but the client insists on one.
    apiKey: env.OPENAI_API_KEY ?? 'none',
    baseUrl: env.OPENAI_BASE_URL,
    model,
  })
}
