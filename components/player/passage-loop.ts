import { type Player, player } from './player.ts'

type Looper = Pick<Player, 'store' | 'seek' | 'positionMs'>

/** A passage that is played again and again; without an end while the listener still chooses it. */
export type Passage = { trackId: string; startMs: number; endMs: number | null }

/** A shorter passage would be a stutter. */
const SHORTEST_MS = 1000

/** Plays a passage again and again. Reads and tells like a store, for `useSyncExternalStore`. */
export class PassageLoop {
  readonly #player: Looper
  #passage: Passage | null = null
  #stop = () => {}
  readonly #listeners = new Set<() => void>()

  constructor(player: Looper) {
    this.#player = player
  }

  readonly read = (): Passage | null => this.#passage

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The passage begins where the player is. */
  begin(): void {
    const { track } = this.#player.store.read()
    if (!track) return
    this.#set({ trackId: track.id, startMs: this.#player.positionMs(), endMs: null })
  }

  /** It ends where the player is, and is played again from now on. */
  end(): void {
    const passage = this.#passage
    if (!passage) return
    const endMs = Math.max(this.#player.positionMs(), passage.startMs + SHORTEST_MS)
    this.#set({ ...passage, endMs })
    this.#stop = this.#player.store.subscribe(() => this.#check())
    this.#player.seek(passage.startMs)
  }

  clear(): void {
    this.#set(null)
  }

  #check(): void {
    const { track, positionMs, seekingToMs, status } = this.#player.store.read()
    const passage = this.#passage
    if (!passage || passage.endMs === null) return
    if (track?.id !== passage.trackId) this.clear()
    else if (seekingToMs === null && status === 'playing' && positionMs >= passage.endMs)
      this.#player.seek(passage.startMs)
  }

  #set(passage: Passage | null): void {
    this.#stop()
    this.#stop = () => {}
    this.#passage = passage
    for (const listener of this.#listeners) listener()
  }
}

/** The one loop of this browser tab. */
export const passageLoop = new PassageLoop(player)
