import type { EMBEDDING_DIMENSIONS } from '#lib/db/schema.ts'

/**
 * Turns texts into unit vectors that lie close together when the texts are about the same thing.
 * Vectors of different `id`s are never compared.
 */
export interface Embedder {
  /** Names the embedder and everything that changes its vectors, such as `lexical-1`. */
  readonly id: string
  readonly dimensions: typeof EMBEDDING_DIMENSIONS
  /** `lexical`: compares spellings. `semantic`: compares meanings. Shown to people, and sets how far it is trusted. */
  readonly label: 'lexical' | 'semantic'
  /**
   * One vector for each text, in order. Throws AppError `rate_limited`, `vendor_failed` or
   * `unavailable`; `retryAfterMs` says when to come back where it is known.
   */
  embed(
    texts: readonly string[],
    options: { kind: 'passage' | 'query'; signal?: AbortSignal | undefined },
  ): Promise<number[][]>
}
