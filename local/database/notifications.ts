import { readName } from './name-statements.ts'
import type { ChannelChange } from './sql-effects.ts'

export interface Listener {
  deliver(message: Buffer): void
}

/** Which client listens to which channel. Postgres sees one listener; this forwards each notification to all. */
export class Notifications<L extends Listener> {
  readonly #listeners = new Map<string, Set<L>>()

  /** Applies a committed LISTEN or UNLISTEN. Returns the channels without listeners. */
  apply(listener: L, change: ChannelChange): string[] {
    switch (change.kind) {
      case 'listen': {
        const present = this.#listeners.get(change.channel)
        if (present === undefined) this.#listeners.set(change.channel, new Set([listener]))
        else present.add(listener)
        return []
      }
      case 'unlisten':
        return this.#remove(listener, change.channel) ? [change.channel] : []
      case 'unlistenAll':
        return this.leave(listener)
      default:
        return change satisfies never
    }
  }

  /** Removes the listener from every channel. Returns the channels without listeners. */
  leave(listener: L): string[] {
    return [...this.#listeners.keys()].filter((channel) => this.#remove(listener, channel))
  }

  hasListeners(channel: string): boolean {
    return this.#listeners.has(channel)
  }

  /** Delivers to every listener except `current`; returns whether `current` listens too. */
  route(message: Buffer, current: L): boolean {
    const listeners = this.#listeners.get(readName(message, 9).text)
    if (listeners === undefined) return false
    for (const listener of listeners) {
      if (listener !== current) listener.deliver(Buffer.from(message))
    }
    return listeners.has(current)
  }

  #remove(listener: L, channel: string): boolean {
    const present = this.#listeners.get(channel)
    if (present === undefined || !present.delete(listener)) return false
    if (present.size > 0) return false
    this.#listeners.delete(channel)
    return true
  }
}
