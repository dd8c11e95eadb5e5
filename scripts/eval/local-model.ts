import { z } from 'zod'
import { envSchema } from '#lib/env.ts'
import { downloadModels } from '#lib/models/download-models.ts'
import { listModels, type ModelSettings } from '#lib/models/list-models.ts'
import { clearFailure } from '#lib/models/model-failure.ts'
import type { ModelManifest } from '#lib/models/model-manifest.ts'
import { readModelStates } from '#lib/models/read-model-states.ts'
import { chooseEmbedder } from '#lib/search/choose-embedder.ts'
import { chooseReranker } from '#lib/search/choose-reranker.ts'
import type { Embedder } from '#lib/search/embedder.ts'
import type { Reranker } from '#lib/search/reranker.ts'

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
  return requireModel(environment, {
    kind: 'sentence-embedder',
    missing: 'No sentence embedder is in the list of models.',
    choose: (settings) =>
      chooseEmbedder({
        ...settings,
        OPENAI_API_KEY: undefined,
        OPENAI_BASE_URL: undefined,
        OPENAI_EMBEDDING_MODEL: undefined,
      }),
  })
}

/** The same for the reranker. */
export async function requireLocalReranker(
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Reranker> {
  return requireModel(environment, {
    kind: 'reranker',
    missing: 'No reranker is in the list of models.',
    choose: chooseReranker,
  })
}

async function requireModel<Model>(
  environment: Readonly<Record<string, string | undefined>>,
  wanted: {
    kind: ModelManifest['kind']
    missing: string
    choose: (settings: ModelSettings) => Model | null
  },
): Promise<Model> {
  const result = settingsSchema.safeParse(environment)
  if (!result.success) throw new Error(z.prettifyError(result.error))
  const settings = { ...result.data, SELAH_MODELS: 'all' as const }
  const states = async () => (await readModelStates(settings)).filter(({ kind }) => kind === wanted.kind)
  if ((await states()).some(({ state }) => state !== 'ready')) {
    process.stderr.write(`Downloading the model to ${settings.SELAH_MODELS_DIR}\n`)
    // A pause after an earlier failure is for the background; a person does not wait for it.
    for (const model of listModels(settings)) await clearFailure(settings.SELAH_MODELS_DIR, model)
    await downloadModels({ env: settings, now: () => new Date() }, { signal: new AbortController().signal })
  }
  const model = wanted.choose(settings)
  if (model) return model
  const [missing] = await states()
  throw new Error(missing?.failure?.message ?? wanted.missing)
}
