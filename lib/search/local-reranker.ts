import type { RerankerManifest } from '#lib/models/model-manifest.ts'
import type { Reranker } from './reranker.ts'
import { cutTokens, loadTextModel, type TextModel } from './text-model.ts'

const MAX_TEXT_LENGTH = 4000

/**
 * Reranks on this machine with a cross-encoder that has been downloaded to `dir`, which is loaded at its first use.
 * Throws AppError `unavailable` where that fails.
 */
export function localReranker(dir: string, model: RerankerManifest): Reranker {
  const { reranker, id, revision } = model
  return {
    id: `local:${id}@${revision.slice(0, 8)}`,
    async score(query, texts, { signal } = {}) {
      const opened = await loadTextModel(dir, model, {
        ...reranker,
        tryOut: async (tried) => {
          await scorePair(tried, { query: 'a', text: 'b', maxTokens: reranker.maxTokens })
        },
      })
      const scores: number[] = []
      for (const text of texts) {
        signal?.throwIfAborted()
        scores.push(await scorePair(opened, { query, text, maxTokens: reranker.maxTokens }))
      }
      return scores
    },
  }
}

async function scorePair(
  { tokenizer, run }: TextModel,
  { query, text, maxTokens }: { query: string; text: string; maxTokens: number },
): Promise<number> {
  const { ids, token_type_ids: types } = tokenizer.encode(query, {
    text_pair: text.slice(0, MAX_TEXT_LENGTH),
    return_token_type_ids: true,
  })
  const { values, dims } = await run(cutTokens({ ids, types }, maxTokens))
  const [value] = values
  if (value === undefined || values.length > 1) {
    throw new Error(`The model gives ${dims.join(' x ')} for a pair of texts; Selah needs one number.`)
  }
  return 1 / (1 + Math.exp(-value))
}
