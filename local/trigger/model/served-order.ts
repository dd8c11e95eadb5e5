const mostNames = 10_000

/**
 * Records the order in which sub-queues and owners were served. It counts instead of reading a clock, so a
 * correction of the clock has no effect. Only the 10,000 names served last are kept.
 */
export class ServedOrder {
  readonly #served = new Map<string, number>()
  #count = 0

  /** Returns a number that grows each time a name is served; 0 for a name that was never served. */
  at(name: string): number {
    return this.#served.get(name) ?? 0
  }

  note(name: string): void {
    // Deleted first, so that the map stays in the order of serving.
    this.#served.delete(name)
    this.#served.set(name, ++this.#count)
    const oldest = this.#served.size > mostNames ? this.#served.keys().next().value : undefined
    if (oldest !== undefined) this.#served.delete(oldest)
  }

  clear(): void {
    this.#served.clear()
  }
}
