import type { EMBEDDING_DIMENSIONS } from '#lib/db/schema.ts'

/**
 * Turns texts into unit vectors that lie close together when the texts are about the same thing.
 * Vectors of different `id`s are never compared.
 */
export interface Embedder {
  /** Names the model and everything that changes its vectors. */
  readonly id: string
  readonly dimensions: typeof EMBEDDING_DIMENSIONS
  /**
   * One vector for each text, in order. Throws AppError `rate_limited`, `vendor_failed` or
   * `unavailable`; `retryAfterMs` says when to come back where it is known.
   */
  embed(
    texts: readonly string[],
    options: { kind: 'passage' | 'query'; signal?: AbortSignal | undefined },
  ): Promise<number[][]>
}
