import { createHash } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { Tokenizer } from '@huggingface/tokenizers'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { z } from 'zod'
import { EMBEDDING_DIMENSIONS } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { modelFilePath } from '#lib/models/model-folder.ts'
import type { EmbedderManifest } from '#lib/models/model-manifest.ts'
import type { Embedder } from './embedder.ts'

/** Turns the numbers of a text's words into one vector for each word, row after row. */
type LoadedModel = { tokenizer: Tokenizer; run: (words: readonly number[]) => Promise<Float32Array> }

/** A model that could not be loaded is not tried again for this long. */
const RETRY_MS = 10 * 60_000
const MAX_TEXT_LENGTH = 8000

// One per process, also where the bundler gives this module to a page and a route twice.
declare global {
  var selahLoadedModels: Map<string, Promise<LoadedModel>> | undefined
}

/** A local embedder can be loaded before it is used, to learn whether this machine can run it. */
export interface LocalEmbedder extends Embedder {
  /** Throws AppError `unavailable`. */
  load(): Promise<void>
}

/**
 * Embeds on this machine with a model that has been downloaded to `dir`. The model is loaded at its first use,
 * once per process. Throws AppError `unavailable` where that fails; a damaged file is removed, so that it is
 * downloaded again.
 */
export function localEmbedder(dir: string, model: EmbedderManifest): LocalEmbedder {
  const { embedder, id, revision } = model
  const name = `local:${id}@${revision.slice(0, 8)}:${EMBEDDING_DIMENSIONS}`
  const key = `${dir} ${name}`

  const loaded = (): Promise<LoadedModel> => {
    globalThis.selahLoadedModels ??= new Map()
    const models = globalThis.selahLoadedModels
    let loading = models.get(key)
    if (!loading) {
      loading = loadModel(dir, model)
      models.set(key, loading)
      loading.catch(() => setTimeout(() => models.delete(key), RETRY_MS).unref())
    }
    return loading
  }

  return {
    id: name,
    dimensions: EMBEDDING_DIMENSIONS,
    async load() {
      await loaded()
    },
    async embed(texts, { kind, signal }) {
      const { tokenizer, run } = await loaded()
      const prefix = kind === 'query' ? embedder.queryPrefix : embedder.passagePrefix
      const vectors: number[][] = []
      for (const text of texts) {
        signal?.throwIfAborted()
        const { ids } = tokenizer.encode(prefix + text.slice(0, MAX_TEXT_LENGTH))
        const words = cut(ids, embedder.maxTokens)
        vectors.push(poolWords(await run(words), words.length, embedder.pooling))
      }
      return vectors
    },
  }
}

async function loadModel(dir: string, model: EmbedderManifest): Promise<LoadedModel> {
  try {
    const graph = await readVerified(dir, model, model.embedder.graph)
    const tokens = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse((await readVerified(dir, model, model.embedder.tokenizer)).toString()))
    // Loaded here, so that a machine for which there is no engine can do everything else.
    const { InferenceSession, Tensor } = await import('onnxruntime-node')
    const session = await InferenceSession.create(graph, { intraOpNumThreads: 1, interOpNumThreads: 1 })
    const inputs = {
      makeTensor: (values: bigint[]) => new Tensor('int64', BigInt64Array.from(values), [1, values.length]),
    }
    const run = (words: readonly number[]) => runSession(session, inputs, words)
    const tokenizer = new Tokenizer(tokens, {})
    // The first run shows whether the vectors fit.
    await run(tokenizer.encode('a').ids)
    return { tokenizer, run }
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    throw new AppError('unavailable', 'The model for search by meaning cannot be run on this machine.', {
      reason: 'models.unusable',
      cause,
    })
  }
}

/** A file of the model, compared with the manifest again: a disk can lose what was verified once. */
async function readVerified(dir: string, model: EmbedderManifest, path: string): Promise<Buffer> {
  const file = model.files.find((entry) => entry.path === path)
  if (!file) throw new Error(`The model ${model.id} has no file ${path}.`)
  const filePath = modelFilePath(dir, model, file)
  const content = await readFile(filePath)
  if (createHash('sha256').update(content).digest('hex') === file.sha256) return content
  await rm(filePath, { force: true })
  throw new AppError(
    'unavailable',
    'A file of the model for search by meaning is damaged. Selah downloads it again.',
    {
      reason: 'models.damaged',
    },
  )
}

async function runSession(
  session: InferenceSession,
  { makeTensor }: { makeTensor: (values: bigint[]) => Tensor },
  words: readonly number[],
): Promise<Float32Array> {
  const values: Record<string, bigint[]> = {
    input_ids: words.map(BigInt),
    attention_mask: words.map(() => 1n),
    token_type_ids: words.map(() => 0n),
  }
  const feeds = Object.fromEntries(
    session.inputNames.map((name) => {
      const own = values[name]
      if (!own) throw new Error(`The model wants "${name}", which Selah does not know.`)
      return [name, makeTensor(own)]
    }),
  )
  const [output] = session.outputNames
  const result = output === undefined ? undefined : (await session.run(feeds))[output]
  const shape = result?.dims.join(' x ') ?? 'nothing'
  if (!(result?.data instanceof Float32Array) || shape !== `1 x ${words.length} x ${EMBEDDING_DIMENSIONS}`) {
    throw new Error(
      `The model gives ${shape} for ${words.length} words; Selah needs ${EMBEDDING_DIMENSIONS} numbers for each.`,
    )
  }
  return result.data
}

/** At most `most` numbers, with the one that ends the text. */
function cut(words: readonly number[], most: number): number[] {
  return words.length <= most ? [...words] : [...words.slice(0, most - 1), ...words.slice(-1)]
}

function poolWords(rows: Float32Array, words: number, pooling: 'mean' | 'first'): number[] {
  const sum = new Array<number>(EMBEDDING_DIMENSIONS).fill(0)
  const counted = pooling === 'first' ? 1 : words
  for (let at = 0; at < counted * EMBEDDING_DIMENSIONS; at += 1) {
    const d = at % EMBEDDING_DIMENSIONS
    sum[d] = (sum[d] ?? 0) + (rows[at] ?? 0)
  }
  const length = Math.hypot(...sum) || 1
  return sum.map((value) => value / length)
}
