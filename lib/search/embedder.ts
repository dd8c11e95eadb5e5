import type { EMBEDDING_DIMENSIONS } from '#lib/db/schema.ts'

/**
 * Converts texts to unit vectors, which are close together for texts about the same subject.
 * Vectors of different `id`s are never compared.
 */
export interface Embedder {
  /** Identifies the model and everything else that changes its vectors. */
  readonly id: string
  readonly dimensions: typeof EMBEDDING_DIMENSIONS
  /**
   * One vector for each text, in order. Throws AppError `rate_limited`, `vendor_failed` or
   * `unavailable`; `retryAfterMs` is the time until a retry makes sense, if known.
   */
  embed(
    texts: readonly string[],
    options: { kind: 'passage' | 'query'; signal?: AbortSignal | undefined },
  ): Promise<number[][]>
}
