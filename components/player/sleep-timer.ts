import { type Player, player } from './player.ts'

type Sleeper = Pick<Player, 'store' | 'pause'> & { preferences: Pick<Player['preferences'], 'fade'> }

/** After how many minutes playback can stop automatically; `end` is the end of the sermon. */
export const sleepChoices = [15, 30, 45, 60, 'end'] as const
export type SleepChoice = (typeof sleepChoices)[number]

/** The last seconds get quieter, so that the end wakes no listener. */
const FADE_MS = 10_000
const STEP_MS = 500

/** Stops the player after a time. It is a store for `useSyncExternalStore`. */
export class SleepTimer {
  readonly #player: Sleeper
  #choice: SleepChoice | null = null
  #endsAtMs = 0
  #timer: ReturnType<typeof setInterval> | undefined
  /** The volume before the sound fades; null while it does not. */
  #fadedFrom: number | null = null
  readonly #listeners = new Set<() => void>()

  constructor(player: Sleeper) {
    this.#player = player
  }

  /** What was chosen; null while no timer runs. */
  readonly read = (): SleepChoice | null => this.#choice

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Starts the timer again; null stops it. */
  set(choice: SleepChoice | null): void {
    clearInterval(this.#timer)
    this.#restoreVolume()
    this.#choice = choice
    if (choice !== null) {
      this.#endsAtMs = typeof choice === 'number' ? Date.now() + choice * 60_000 : Number.POSITIVE_INFINITY
      this.#timer = setInterval(() => this.#check(), STEP_MS)
    }
    for (const listener of this.#listeners) listener()
  }

  #check(): void {
    const { status, volume } = this.#player.store.read()
    const leftMs = this.#endsAtMs - Date.now()
    if (leftMs <= 0 || (this.#choice === 'end' && status === 'ended')) {
      this.#player.pause()
      this.set(null)
      return
    }
    if (leftMs > FADE_MS || status !== 'playing') return
    this.#fadedFrom ??= volume
    this.#player.preferences.fade(this.#fadedFrom * (leftMs / FADE_MS))
  }

  #restoreVolume(): void {
    if (this.#fadedFrom === null) return
    this.#player.preferences.fade(this.#fadedFrom)
    this.#fadedFrom = null
  }
}

/** The one sleep timer of this browser tab. */
export const sleepTimer = new SleepTimer(player)
