/** Judges how well passages answer a query by reading both together, which is slower and better than vectors. */
export interface Reranker {
  /** Identifies the model. */
  readonly id: string
  /** 0 to 1 for each text, in order. Throws AppError `unavailable`. */
  score(
    query: string,
    texts: readonly string[],
    options?: { signal?: AbortSignal | undefined },
  ): Promise<number[]>
}
