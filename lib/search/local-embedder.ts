import { EMBEDDING_DIMENSIONS } from '#lib/db/schema.ts'
import type { EmbedderManifest } from '#lib/models/model-manifest.ts'
import type { Embedder } from './embedder.ts'
import { cutTokens, loadTextModel, type TextModel, type Tokens } from './text-model.ts'

const MAX_TEXT_LENGTH = 8000

/** A local embedder can be loaded before it is used, to learn whether this machine can run it. */
export interface LocalEmbedder extends Embedder {
  /** Throws AppError `unavailable`. */
  load(): Promise<void>
}

/**
 * Embeds on this machine with a model that has been downloaded to `dir`, which is loaded at its first use. Throws
 * AppError `unavailable` where that fails.
 */
export function localEmbedder(dir: string, model: EmbedderManifest): LocalEmbedder {
  const { embedder, id, revision } = model
  const loaded = () =>
    loadTextModel(dir, model, {
      ...embedder,
      tryOut: async (opened) => {
        await readWords(opened, tokensOf(opened, 'a'))
      },
    })
  return {
    id: `local:${id}@${revision.slice(0, 8)}:${EMBEDDING_DIMENSIONS}`,
    dimensions: EMBEDDING_DIMENSIONS,
    async load() {
      await loaded()
    },
    async embed(texts, { kind, signal }) {
      const opened = await loaded()
      const prefix = kind === 'query' ? embedder.queryPrefix : embedder.passagePrefix
      const vectors: number[][] = []
      for (const text of texts) {
        signal?.throwIfAborted()
        const tokens = cutTokens(
          tokensOf(opened, prefix + text.slice(0, MAX_TEXT_LENGTH)),
          embedder.maxTokens,
        )
        vectors.push(poolWords(await readWords(opened, tokens), tokens.ids.length, embedder.pooling))
      }
      return vectors
    },
  }
}

function tokensOf({ tokenizer }: TextModel, text: string): Tokens {
  const { ids } = tokenizer.encode(text)
  return { ids, types: ids.map(() => 0) }
}

/** One vector for each word, row after row. */
async function readWords({ run }: TextModel, tokens: Tokens): Promise<Float32Array> {
  const { values, dims } = await run(tokens)
  const shape = dims.join(' x ')
  const words = tokens.ids.length
  if (shape !== `1 x ${words} x ${EMBEDDING_DIMENSIONS}`) {
    throw new Error(
      `The model gives ${shape} for ${words} words; Selah needs ${EMBEDDING_DIMENSIONS} numbers for each.`,
    )
  }
  return values
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
