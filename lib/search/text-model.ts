import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { Tokenizer } from '@huggingface/tokenizers'
import { z } from 'zod'
import { AppError } from '#lib/errors.ts'
import { modelFilePath } from '#lib/models/model-folder.ts'
import type { ModelManifest } from '#lib/models/model-manifest.ts'

/** The numbers of a text's words, and which of two texts each one belongs to (0 or 1). */
export type Tokens = { ids: readonly number[]; types: readonly number[] }

/** A model that reads text and runs on this machine. */
export type TextModel = {
  tokenizer: Tokenizer
  /** The first output for one text, with its dimensions. */
  run: (tokens: Tokens) => Promise<{ values: Float32Array; dims: readonly number[] }>
}

/** A model that could not be loaded is not tried again for this long. */
const RETRY_MS = 10 * 60_000

// One per process, also where the bundler gives this module to a page and a route twice.
declare global {
  var selahLoadedModels: Map<string, Promise<TextModel>> | undefined
}

/**
 * Loads a model that has been downloaded to `dir`, once per process. `tryOut` runs it for the first time and throws
 * where its output does not fit. Throws AppError `unavailable` where loading fails; a damaged file is removed, so that
 * it is downloaded again.
 */
export function loadTextModel(
  dir: string,
  model: ModelManifest,
  {
    graph,
    tokenizer,
    tryOut,
  }: { graph: string; tokenizer: string; tryOut: (model: TextModel) => Promise<void> },
): Promise<TextModel> {
  globalThis.selahLoadedModels ??= new Map()
  const models = globalThis.selahLoadedModels
  const key = `${dir} ${model.id} ${model.revision}`
  let loading = models.get(key)
  if (!loading) {
    loading = openTextModel(dir, model, { graph, tokenizer, tryOut })
    models.set(key, loading)
    loading.catch(() => setTimeout(() => models.delete(key), RETRY_MS).unref())
  }
  return loading
}

/** At most `most` tokens, with the one that ends the text. */
export function cutTokens({ ids, types }: Tokens, most: number): Tokens {
  if (ids.length <= most) return { ids, types }
  const cut = (values: readonly number[]) => [...values.slice(0, most - 1), ...values.slice(-1)]
  return { ids: cut(ids), types: cut(types) }
}

async function openTextModel(
  dir: string,
  model: ModelManifest,
  options: { graph: string; tokenizer: string; tryOut: (model: TextModel) => Promise<void> },
): Promise<TextModel> {
  try {
    const graph = await readVerified(dir, model, options.graph)
    const tokens = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse((await readVerified(dir, model, options.tokenizer)).toString()))
    // Loaded here, so that a machine for which there is no engine can do everything else.
    const { InferenceSession, Tensor } = await import('onnxruntime-node')
    const session = await InferenceSession.create(graph, { intraOpNumThreads: 1, interOpNumThreads: 1 })
    const opened: TextModel = {
      tokenizer: new Tokenizer(tokens, {}),
      run: async ({ ids, types }) => {
        const inputs: Record<string, bigint[]> = {
          input_ids: ids.map(BigInt),
          attention_mask: ids.map(() => 1n),
          token_type_ids: types.map(BigInt),
        }
        const feeds = Object.fromEntries(
          session.inputNames.map((name) => {
            const own = inputs[name]
            if (!own) throw new Error(`The model wants "${name}", which Selah does not know.`)
            return [name, new Tensor('int64', BigInt64Array.from(own), [1, own.length])]
          }),
        )
        const [output] = session.outputNames
        const result = output === undefined ? undefined : (await session.run(feeds))[output]
        if (!(result?.data instanceof Float32Array)) throw new Error('The model does not give numbers.')
        return { values: result.data, dims: result.dims }
      },
    }
    await options.tryOut(opened)
    return opened
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('unavailable', `The model ${model.id} cannot be run on this machine.`, {
      reason: 'models.unusable',
      cause,
    })
  }
}

/** A file of the model, compared with the manifest again: a disk can lose what was verified once. */
async function readVerified(dir: string, model: ModelManifest, path: string): Promise<Buffer> {
  const file = model.files.find((entry) => entry.path === path)
  if (!file) throw new Error(`The model ${model.id} has no file ${path}.`)
  const filePath = modelFilePath(dir, model, file)
  const content = await readFile(filePath)
  if (createHash('sha256').update(content).digest('hex') === file.sha256) return content
  await rm(filePath, { force: true })
  throw new AppError('unavailable', `A file of the model ${model.id} is damaged. Selah downloads it again.`, {
    reason: 'models.damaged',
  })
}
