import type { PlayerStore } from './player-store.ts'
import { recallSettings, recallSpeed, rememberSettings, rememberSpeed } from './remember-listening.ts'

export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3] as const

/** How the listener likes to listen: speed, volume and skips, kept in this browser. */
export class PlayerPreferences {
  readonly #store: PlayerStore
  #audio: HTMLAudioElement | null = null
  /** The next change of the volume is not the listener's. */
  #isFading = false

  constructor(store: PlayerStore) {
    this.#store = store
  }

  /** Applies what the listener chose to the element, and follows what happens to it until `signal` aborts. */
  bind(audio: HTMLAudioElement, signal: AbortSignal): void {
    this.#audio = audio
    const { rate, volume, isMuted, skipMs } = recallSettings()
    audio.defaultPlaybackRate = rate ?? 1
    audio.playbackRate = rate ?? 1
    audio.volume = volume ?? 1
    audio.muted = isMuted ?? false
    audio.preservesPitch = true
    if (skipMs) this.#store.commit({ type: 'skip-chosen', skipMs })
    this.#commit(audio)
    const note = () => {
      this.#commit(audio)
      this.#keep()
    }
    audio.addEventListener('ratechange', note, { signal })
    audio.addEventListener(
      'volumechange',
      () => {
        if (!this.#isFading) note()
        this.#isFading = false
      },
      { signal },
    )
  }

  /** Changes the speed, and remembers it for this speaker. */
  setRate(rate: number): void {
    const { track } = this.#store.read()
    if (track?.artist) rememberSpeed(track.artist, rate)
    this.#applyRate(rate)
  }

  /** The next slower (-1) or faster (1) of the offered speeds. */
  stepRate(direction: 1 | -1): void {
    const { rate } = this.#store.read()
    const next =
      direction > 0 ? speeds.find((speed) => speed > rate) : speeds.findLast((speed) => speed < rate)
    if (next !== undefined) this.setRate(next)
  }

  /** Uses the speed that was chosen for a speaker, if one was. */
  applySpeedOf(speaker: string | null): void {
    const rate = speaker ? recallSpeed(speaker) : null
    if (rate !== null) this.#applyRate(rate)
  }

  setVolume(volume: number): void {
    if (!this.#audio) return
    this.#audio.volume = Math.min(1, Math.max(0, volume))
    this.#audio.muted = false
    this.#commit(this.#audio)
  }

  /** Plays at a volume that is not kept as the listener's choice. */
  fade(volume: number): void {
    if (!this.#audio) return
    this.#isFading = true
    this.#audio.volume = Math.min(1, Math.max(0, volume))
  }

  toggleMute(): void {
    if (!this.#audio) return
    this.#audio.muted = !this.#audio.muted
    this.#commit(this.#audio)
  }

  setSkip(skipMs: number): void {
    this.#store.commit({ type: 'skip-chosen', skipMs })
    this.#keep()
  }

  #applyRate(rate: number): void {
    if (!this.#audio) return
    // The default too: loading another source falls back to it.
    this.#audio.defaultPlaybackRate = rate
    this.#audio.playbackRate = rate
    this.#commit(this.#audio)
  }

  /** Immediately, not at the element's event: a second key press may come before it and builds on this one. */
  #commit(audio: HTMLAudioElement): void {
    this.#store.commit({ type: 'rate', rate: audio.playbackRate })
    this.#store.commit({ type: 'volume', volume: audio.volume, isMuted: audio.muted })
  }

  #keep(): void {
    const { rate, volume, isMuted, skipMs } = this.#store.read()
    rememberSettings({ rate, volume, isMuted, skipMs })
  }
}
