/** Whether the server keeps what this browser has: not when the account is full. */
class SyncStatus {
  #isFull = false
  readonly #listeners = new Set<() => void>()

  readonly read = (): boolean => this.#isFull

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  noteFull(isFull: boolean): void {
    if (isFull === this.#isFull) return
    this.#isFull = isFull
    for (const listener of this.#listeners) listener()
  }
}

/** Whether the library of the account is full. */
export const libraryIsFull = new SyncStatus()
