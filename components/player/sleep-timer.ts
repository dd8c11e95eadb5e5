import { type Player, player } from './player.ts'
import type { PlayerState } from './player-store.ts'
import type { Track } from './track.ts'

type Sleeper = Pick<Player, 'store' | 'pause'> & { preferences: Pick<Player['preferences'], 'fade'> }

/**
 * When playback can stop automatically: after minutes, at the end of the chapter that plays, or at the end of the
 * sermon.
 */
export const sleepChoices = [15, 30, 45, 60, 'chapter', 'end'] as const
export type SleepChoice = (typeof sleepChoices)[number]

/** The last seconds get quieter, so that the end wakes no listener. */
const FADE_MS = 10_000
const STEP_MS = 500

/** Where a chapter of a recording ends, by the chapters that are known of it. */
type ChapterEnd = { trackId: string; chapters: Track['chapters']; endMs: number }

/** Stops the player after a time. It is a store for `useSyncExternalStore`. */
export class SleepTimer {
  readonly #player: Sleeper
  #choice: SleepChoice | null = null
  /** When minutes are over. */
  #endsAtMs = 0
  /** The chapter of this recording ends there. */
  #chapter: ChapterEnd = { trackId: '', chapters: undefined, endMs: 0 }
  #timer: ReturnType<typeof setInterval> | undefined
  #unsubscribe = () => {}
  /** The volume before the sound fades; null while it does not. */
  #fadedFrom: number | null = null
  readonly #listeners = new Set<() => void>()
  #onStop: ((choice: SleepChoice) => void) | null = null

  constructor(player: Sleeper) {
    this.#player = player
  }

  /** What was chosen; null while no timer runs. */
  readonly read = (): SleepChoice | null => this.#choice

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Reports each time that the timer stops what plays, until the returned function is called. */
  onStop(report: (choice: SleepChoice) => void): () => void {
    this.#onStop = report
    return () => {
      this.#onStop = null
    }
  }

  /** Whether nothing plays after the present sermon: the last chapter ends with it. */
  stopsAtEnd(): boolean {
    return this.#choice === 'chapter' || this.#choice === 'end'
  }

  /** Stops playback now if the chapter ends before that place, to which a pause is skipped. Returns whether it did. */
  stopBefore(toMs: number): boolean {
    if (this.#choice !== 'chapter' || toMs < this.#chapter.endMs) return false
    this.#stop()
    return true
  }

  /** Starts the timer again; null stops it. */
  set(choice: SleepChoice | null): void {
    clearInterval(this.#timer)
    this.#unsubscribe()
    this.#unsubscribe = () => {}
    this.#restoreVolume()
    this.#choice = choice
    if (choice !== null) {
      if (typeof choice === 'number') this.#endsAtMs = Date.now() + choice * 60_000
      this.#timer = setInterval(() => this.#check(), STEP_MS)
    }
    if (choice === 'chapter') {
      this.#chapter = findChapterEnd(this.#player.store.read())
      this.#unsubscribe = this.#player.store.subscribe(() => this.#followChapter())
    }
    for (const listener of this.#listeners) listener()
  }

  /**
   * A jump, another sermon or chapters that arrive later move the end to that of the chapter there; playback that
   * reaches the end stops.
   */
  #followChapter(): void {
    const state = this.#player.store.read()
    const { trackId, chapters } = this.#chapter
    if (state.seekingToMs !== null || state.track?.id !== trackId || state.track.chapters !== chapters)
      this.#chapter = findChapterEnd(state)
    else if (state.status === 'playing' && state.positionMs >= this.#chapter.endMs) this.#stop()
  }

  #check(): void {
    const state = this.#player.store.read()
    const leftMs = this.#leftMs(state)
    if (typeof this.#choice === 'number' ? leftMs <= 0 : state.status === 'ended') {
      this.#stop()
      return
    }
    if (leftMs > FADE_MS) this.#restoreVolume()
    else if (state.status === 'playing') {
      this.#fadedFrom ??= state.volume
      this.#player.preferences.fade(this.#fadedFrom * Math.max(0, leftMs / FADE_MS))
    }
  }

  /** How long it is until the end, in time of the listener. */
  #leftMs({ positionMs, durationMs, rate }: PlayerState): number {
    if (typeof this.#choice === 'number') return this.#endsAtMs - Date.now()
    const isChapter = this.#choice === 'chapter' && this.#chapter.endMs < Number.POSITIVE_INFINITY
    const endMs = isChapter ? this.#chapter.endMs : durationMs
    return endMs > 0 ? (endMs - positionMs) / rate : Number.POSITIVE_INFINITY
  }

  #stop(): void {
    const choice = this.#choice
    const wasPaused = this.#player.store.read().status === 'paused'
    this.#player.pause()
    this.set(null)
    if (choice !== null && !wasPaused) this.#onStop?.(choice)
  }

  #restoreVolume(): void {
    if (this.#fadedFrom === null) return
    this.#player.preferences.fade(this.#fadedFrom)
    this.#fadedFrom = null
  }
}

/** Where the chapter that plays ends: where the next one begins. The last one has no end before that of the sermon. */
function findChapterEnd({ track, positionMs }: PlayerState): ChapterEnd {
  const chapters = track?.chapters
  const next = chapters?.find(({ startMs }) => startMs > positionMs)
  return { trackId: track?.id ?? '', chapters, endMs: next?.startMs ?? Number.POSITIVE_INFINITY }
}

/** The one sleep timer of this browser tab. */
export const sleepTimer = new SleepTimer(player)
