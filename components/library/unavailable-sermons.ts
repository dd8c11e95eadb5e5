const none: ReadonlySet<string> = new Set()

/**
 * The sermons of the library that cannot be heard now: removed, or not published any more. They stay in their lists,
 * because they may come back. Reads and tells like a store, for `useSyncExternalStore`.
 */
class UnavailableSermons {
  #ids = none
  readonly #listeners = new Set<() => void>()

  readonly read = (): ReadonlySet<string> => this.#ids

  readonly readOnServer = (): ReadonlySet<string> => none

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Notes which of the requested sermons the server does not have. */
  note(asked: readonly string[], there: ReadonlySet<string>): void {
    const ids = new Set([...this.#ids, ...asked])
    for (const id of there) ids.delete(id)
    if (ids.size === this.#ids.size && [...ids].every((id) => this.#ids.has(id))) return
    this.#ids = ids
    for (const listener of this.#listeners) listener()
  }
}

/** Those that this browser tab knows of. */
export const unavailableSermons = new UnavailableSermons()
