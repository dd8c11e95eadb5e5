import { ownStorage } from '#components/ui/own-storage.ts'
import { type Player, player } from './player.ts'

type Boosted = Pick<Player, 'store' | 'element'>

const key = 'selah:boost'
/** Twice as loud in voltage: 6 dB. */
const GAIN = 2

/**
 * Makes quiet recordings louder, with a limiter so that nothing distorts. Sound goes through Web Audio only after it was
 * switched on, because some systems then stop it in the background. Reads and reports like a store, for
 * `useSyncExternalStore`.
 */
export class VolumeBoost {
  readonly #player: Boosted
  #isOn = false
  #graph: { context: AudioContext; gain: GainNode } | null = null
  #unsubscribe = () => {}
  readonly #listeners = new Set<() => void>()

  constructor(player: Boosted) {
    this.#player = player
  }

  /** An iPhone plays the stream itself, whose sound Web Audio may not have. */
  readonly isPossible = (): boolean => 'MediaSource' in window && 'AudioContext' in window

  readonly read = (): boolean => this.#isOn

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Continues as the listener chose last. */
  start(): void {
    if (ownStorage()?.getItem(key) === 'on' && this.isPossible()) this.set(true)
  }

  set(isOn: boolean): void {
    this.#isOn = isOn
    ownStorage()?.setItem(key, isOn ? 'on' : 'off')
    this.#unsubscribe()
    // A browser starts Web Audio only after a press, such as that of play.
    this.#unsubscribe = isOn ? this.#player.store.subscribe(() => this.#apply()) : () => {}
    this.#apply()
    for (const listener of this.#listeners) listener()
  }

  #apply(): void {
    const audio = this.#player.element()
    if (this.#isOn && audio && this.#player.store.read().status === 'playing') this.#graph ??= connect(audio)
    if (!this.#graph) return
    const { context, gain } = this.#graph
    gain.gain.value = this.#isOn ? GAIN : 1
    // A system stops it for a call, or when headphones are taken off; some then call it interrupted.
    if (context.state !== 'running' && context.state !== 'closed')
      void context.resume().catch(() => undefined)
  }
}

function connect(audio: HTMLAudioElement): { context: AudioContext; gain: GainNode } {
  const context = new AudioContext()
  const gain = context.createGain()
  const limiter = new DynamicsCompressorNode(context, {
    threshold: -3,
    knee: 0,
    ratio: 20,
    attack: 0.002,
    release: 0.1,
  })
  context.createMediaElementSource(audio).connect(gain).connect(limiter).connect(context.destination)
  return { context, gain }
}

/** The one of this browser tab. */
export const volumeBoost = new VolumeBoost(player)
