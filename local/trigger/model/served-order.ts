const mostNames = 10_000

/**
 * Remembers in which order sub-queues and owners were served. It counts instead of reading a clock, so a
 * clock that is corrected changes nothing. Only the 10,000 served last are kept.
 */
export class ServedOrder {
  readonly #served = new Map<string, number>()
  #count = 0

  /** A number that grows with every service; 0 for a name that was not served. */
  at(name: string): number {
    return this.#served.get(name) ?? 0
  }

  note(name: string): void {
    // Deleted first, so that the map stays in the order of service.
    this.#served.delete(name)
    this.#served.set(name, ++this.#count)
    const oldest = this.#served.size > mostNames ? this.#served.keys().next().value : undefined
    if (oldest !== undefined) this.#served.delete(oldest)
  }

  clear(): void {
    this.#served.clear()
  }
}
