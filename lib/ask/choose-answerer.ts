import type { Env } from '#lib/env.ts'
import type { Answerer } from './answerer.ts'
import { extractiveAnswerer } from './extractive-answerer.ts'
import { modelAnswerer } from './model-answerer.ts'

const OPENAI_URL = 'https://api.openai.com/v1'

/** A model if there is a key or a compatible server, else the answerer without a model. */
export function chooseAnswerer(
  env: Pick<Env, 'OPENAI_API_KEY' | 'OPENAI_BASE_URL' | 'OPENAI_CHAT_MODEL'>,
): Answerer {
  if (!env.OPENAI_API_KEY && !env.OPENAI_BASE_URL) return extractiveAnswerer
  return modelAnswerer({
    apiKey: env.OPENAI_API_KEY ?? 'none',
    baseUrl: env.OPENAI_BASE_URL ?? OPENAI_URL,
    model: env.OPENAI_CHAT_MODEL,
    followsSchemas: env.OPENAI_BASE_URL === undefined,
    fallback: extractiveAnswerer,
  })
}
