import { z } from 'zod'
import { envSchema } from '#lib/env.ts'
import { downloadModels } from '#lib/models/download-models.ts'
import { listModels } from '#lib/models/list-models.ts'
import { clearFailure } from '#lib/models/model-failure.ts'
import { readModelStates } from '#lib/models/read-model-states.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import type { Embedder } from '#lib/search/embedder.ts'

const settingsSchema = envSchema.pick({
  SELAH_MODELS_DIR: true,
  SELAH_MODELS_MIRROR: true,
  SELAH_MODELS_MANIFEST: true,
  SELAH_DISK_RESERVE_MB: true,
})

/** The settings under which no model on this machine is used. */
export const noModels = {
  SELAH_MODELS: 'off' as const,
  SELAH_MODELS_DIR: '',
  SELAH_MODELS_MIRROR: '',
  SELAH_MODELS_MANIFEST: undefined,
}

/**
 * The model on this machine that the environment names, downloaded first where it is missing. Throws an Error
 * that says why where it cannot be had.
 */
export async function requireLocalEmbedder(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Embedder> {
  const result = settingsSchema.safeParse(environment)
  if (!result.success) throw new Error(z.prettifyError(result.error))
  const settings = { ...result.data, SELAH_MODELS: 'auto' as const }
  const states = async () =>
    (await readModelStates(settings)).filter(({ kind }) => kind === 'sentence-embedder')
  if ((await states()).some(({ state }) => state !== 'ready')) {
    process.stderr.write(`Downloading the model to ${settings.SELAH_MODELS_DIR}\n`)
    // A pause after an earlier failure is for the background; a person does not wait for it.
    for (const model of listModels(settings)) await clearFailure(settings.SELAH_MODELS_DIR, model)
    await downloadModels({ env: settings, now: () => new Date() }, { signal: new AbortController().signal })
  }
  const embedder = chooseEmbedder({
    ...settings,
    OPENAI_API_KEY: undefined,
    OPENAI_BASE_URL: undefined,
    OPENAI_EMBEDDING_MODEL: undefined,
  })
  if (embedder) return embedder
  const [missing] = await states()
  throw new Error(missing?.failure?.message ?? 'No sentence embedder is in the list of models.')
}
