import * as v from 'valibot'
import { ownStorage } from '#components/ui/own-storage.ts'
import { findPauses, type Pause, pauseAt } from './find-pauses.ts'
import { type Player, player } from './player.ts'
import { type SleepTimer, sleepTimer } from './sleep-timer.ts'
import type { Track } from './track.ts'

type Skipper = Pick<Player, 'store' | 'seek'>

const key = 'selah:skip-pauses'
const transcriptSchema = v.object({
  approximate: v.boolean(),
  words: v.array(v.object({ startMs: v.number(), endMs: v.number() })),
})

/** Skips long pauses between the words of a transcript. Reads and tells like a store, for `useSyncExternalStore`. */
export class PauseSkipper {
  readonly #player: Skipper
  readonly #sleepTimer: Pick<SleepTimer, 'stopBefore'>
  #isOn = false
  #trackId = ''
  #pauses: readonly Pause[] = []
  #stop = () => {}
  readonly #listeners = new Set<() => void>()

  constructor(player: Skipper, timer: Pick<SleepTimer, 'stopBefore'>) {
    this.#player = player
    this.#sleepTimer = timer
  }

  readonly read = (): boolean => this.#isOn

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Continues as the listener chose last. */
  start(): void {
    if (ownStorage()?.getItem(key) === 'on') this.set(true)
  }

  set(isOn: boolean): void {
    this.#stop()
    this.#stop = isOn ? this.#player.store.subscribe(() => this.#check()) : () => {}
    this.#isOn = isOn
    ownStorage()?.setItem(key, isOn ? 'on' : 'off')
    for (const listener of this.#listeners) listener()
  }

  #check(): void {
    const { track, status, positionMs, seekingToMs } = this.#player.store.read()
    if (!track || status !== 'playing') return
    if (track.id !== this.#trackId) {
      this.#trackId = track.id
      this.#pauses = []
      void readPauses(track).then((pauses) => {
        if (track.id === this.#trackId) this.#pauses = pauses
      })
    }
    const pause = seekingToMs === null ? pauseAt(this.#pauses, positionMs) : null
    if (pause && !this.#sleepTimer.stopBefore(pause.toMs)) this.#player.seek(pause.toMs)
  }
}

/** Estimated times are no measure of pauses; without a network or a transcript nothing is skipped. */
async function readPauses({ captionsUrl }: Track): Promise<Pause[]> {
  try {
    const response = await fetch(captionsUrl.replace('/transcript.vtt', '/transcript'))
    if (!response.ok) return []
    const { approximate, words } = v.parse(transcriptSchema, await response.json())
    return approximate ? [] : findPauses(words)
  } catch {
    return []
  }
}

/** The one of this browser tab. */
export const pauseSkipper = new PauseSkipper(player, sleepTimer)
