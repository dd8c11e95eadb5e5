import { attachStream } from './attach-stream.ts'
import type { AttachedStream, StreamFailure } from './attached-stream.ts'
import { PlayerPreferences } from './player-preferences.ts'
import { createPlayerStore, type PlayerStore } from './player-store.ts'
import { recallPlace, rememberPlace } from './remember-listening.ts'
import {
  countFailure,
  failureMessages,
  isWorthRetrying,
  noFailures,
  recoveryDelayMs,
} from './stream-recovery.ts'
import type { Track } from './track.ts'

/** With the updates of the element, which come four times a second: a crash loses less than a second. */
const REMEMBER_EVERY_MS = 600

/** Where the listener is, to be kept. */
export type PlaceReport = {
  id: string
  positionMs: number
  /** When they were there. */
  listenedAtMs: number
  isFinished: boolean
  isPlaying: boolean
}

/** Reads the audio of a recording that is stored on this device; null when it is not. */
export type ReadSaved = (trackId: string) => Promise<Blob | null>

/**
 * Connects the pages, the store and the audio element: pages call the player, and the state follows what the
 * element reports.
 */
export class Player {
  readonly store: PlayerStore = createPlayerStore()
  readonly preferences = new PlayerPreferences(this.store)
  #audio: HTMLAudioElement | null = null
  #stream: AttachedStream | null = null
  #attaching: AbortController | null = null
  /** Attaches the stream again after a failure. */
  #recovery: ReturnType<typeof setTimeout> | undefined
  #failures = noFailures
  /** Whether the chosen recording has played since it was chosen. */
  #hasPlayed = false
  #rememberedAt = 0
  /** When the listener was last heard or moved: an older tab must not put a place back. */
  #listenedAtMs = 0
  /** A place of another tab or device, to which the element jumps when it plays: until then nothing is requested for it. */
  #adoptedMs: number | null = null
  /** The next jump is not the listener's: it goes to that place. */
  #isAdopting = false
  #onPlace: ((place: PlaceReport) => void) | null = null
  #suggestion: Track | null = null
  #readSaved: ReadSaved | null = null
  #takeNext: (() => Track | null) | null = null

  /** Binds the element of the layout. Returns a function that releases it. */
  bind(audio: HTMLAudioElement): () => void {
    this.#audio = audio
    const { commit } = this.store

    const bound = new AbortController()
    this.preferences.bind(audio, bound.signal)
    const on = (name: string, report: () => void) =>
      audio.addEventListener(name, report, { signal: bound.signal })
    const positionMs = () => Math.round(audio.currentTime * 1000)
    on('playing', () => {
      this.#hasPlayed = true
      commit({ type: 'playing' })
    })
    on('pause', () => {
      // Detaching the stream and audio that cannot be decoded pause the element too, but not for the listener.
      if (!this.#stream || audio.error) return
      commit({ type: 'paused' })
      this.#remember()
    })
    on('ended', () => {
      this.#listenedAtMs = Date.now()
      commit({ type: 'ended' })
      this.#remember()
    })
    on('waiting', () => commit({ type: 'stalled' }))
    on('seeked', () => {
      if (!this.#stream) return
      commit({ type: 'seeked', positionMs: positionMs() })
      if (!this.#isAdopting) {
        this.#listenedAtMs = Date.now()
        this.#remember()
      }
      this.#isAdopting = false
    })
    on('timeupdate', () => {
      if (!this.#stream || audio.readyState === 0) return
      commit({ type: 'time', positionMs: positionMs() })
      if (!audio.paused) this.#listenedAtMs = Date.now()
      if (this.#hasPlayed && !audio.paused) this.#failures = { ...this.#failures, count: 0, sinceMs: 0 }
      if (Date.now() - this.#rememberedAt > REMEMBER_EVERY_MS) this.#remember()
    })
    on('durationchange', () => commit({ type: 'duration', durationMs: Math.round(audio.duration * 1000) }))
    on('progress', () => commit({ type: 'buffered', bufferedMs: bufferedMs(audio) }))
    window.addEventListener('pagehide', () => this.#remember(), { signal: bound.signal })
    return () => {
      bound.abort()
      this.#detach()
      this.#audio = null
    }
  }

  /** The element that plays; null before the layout is shown. */
  element(): HTMLAudioElement | null {
    return this.#audio
  }

  /** The exact position, finer than the updates of the store. */
  positionMs(): number {
    const { positionMs, seekingToMs, status } = this.store.read()
    if (seekingToMs !== null || status !== 'playing' || !this.#audio) return positionMs
    return this.#audio.currentTime * 1000
  }

  /** What the play key starts while nothing is loaded: the recording of the current page. */
  suggest(track: Track | null): void {
    this.#suggestion = track
  }

  /** Plays recordings that are stored on this device from there. Returns a function that stops this. */
  readSavedFrom(read: ReadSaved): () => void {
    this.#readSaved = read
    return () => {
      this.#readSaved = null
    }
  }

  /** Plays a recording, from `atMs` or else from where listening stopped. */
  playTrack(track: Track, atMs?: number): void {
    const { track: current, status } = this.store.read()
    if (current?.id === track.id && status !== 'failed') {
      if (atMs !== undefined) this.seek(atMs)
      else if (status === 'ended') this.seek(0)
      this.play()
      return
    }
    this.#remember()
    this.#detach()
    this.#hasPlayed = false
    this.#listenedAtMs = 0
    this.#failures = noFailures
    this.preferences.applySpeedOf(track.artist)
    this.store.commit({ type: 'track-chosen', track, atMs: atMs ?? recallPlace(track.id, track.durationMs) })
    this.play()
  }

  play(): void {
    const { track, status } = this.store.read()
    const audio = this.#audio
    if (!audio) return
    if (!track) {
      if (this.#suggestion) this.playTrack(this.#suggestion)
      return
    }
    if (status === 'failed') this.#detach()
    if (status === 'ended') this.seek(0)
    if (this.#stream) {
      if (this.#adoptedMs !== null) {
        const adoptedMs = this.#adoptedMs
        this.seek(adoptedMs)
        this.#isAdopting = true
      }
      this.#start(audio)
      return
    }
    if (this.#attaching || this.#recovery !== undefined) return
    // What failed while it was paused is tried again, and says so.
    this.#failures = noFailures
    void this.#attach(audio, track)
  }

  pause(): void {
    // Pause before the stream is attached cancels the request to play.
    if ((this.#attaching && !this.#stream) || this.#recovery !== undefined) {
      this.#detach()
      this.store.commit({ type: 'paused' })
      return
    }
    this.#audio?.pause()
  }

  toggle(): void {
    const { status } = this.store.read()
    if (status === 'playing' || status === 'loading') this.pause()
    else this.play()
  }

  /** Requests what a jump to there needs, for a listener who is about to make it. */
  prepareJump(toMs: number): void {
    this.#stream?.prepareJump?.(toMs)
  }

  seek(toMs: number): void {
    const { track, durationMs, status } = this.store.read()
    if (!track) return
    const target = Math.min(Math.max(0, toMs), durationMs > 0 ? durationMs : toMs)
    this.#adoptedMs = null
    this.prepareJump(target)
    this.store.commit({ type: 'seek-requested', toMs: target })
    if (this.#stream && this.#audio && status !== 'failed') this.#audio.currentTime = target / 1000
    else this.store.commit({ type: 'seeked', positionMs: target })
  }

  /**
   * Moves to where the listener was later, in another tab or on another device, so that this tab never puts that place
   * back. Not while it plays: then the listener is here.
   */
  adoptPlace({
    id,
    positionMs,
    listenedAtMs,
  }: {
    id: string
    positionMs: number
    listenedAtMs: number
  }): void {
    const { track, status } = this.store.read()
    if (track?.id !== id || status === 'playing' || listenedAtMs <= this.#listenedAtMs) return
    this.#listenedAtMs = listenedAtMs
    this.store.commit({ type: 'seek-requested', toMs: positionMs })
    this.store.commit({ type: 'seeked', positionMs })
    this.#adoptedMs = this.#stream ? positionMs : null
  }

  skip(byMs: number): void {
    this.seek(this.positionMs() + byMs)
  }

  /** Skips by the time that the listener chose. */
  skipBack(): void {
    this.skip(-this.store.read().skipMs)
  }

  skipForward(): void {
    this.skip(this.store.read().skipMs)
  }

  /** Takes what plays next from there. Returns a function that stops this. */
  supplyNext(take: () => Track | null): () => void {
    this.#takeNext = take
    return () => {
      this.#takeNext = null
    }
  }

  /** Plays what is next in the queue. Returns whether there was something. */
  playNext(): boolean {
    const next = this.#takeNext?.() ?? null
    if (next) this.playTrack(next)
    return next !== null
  }

  close(): void {
    this.#remember()
    this.#detach()
    this.store.commit({ type: 'closed' })
  }

  async #attach(audio: HTMLAudioElement, track: Track): Promise<void> {
    const attaching = new AbortController()
    this.#attaching = attaching
    if (this.#failures.count === 0) this.store.commit({ type: 'load-started' })
    const onFailure = (failure: StreamFailure) => {
      if (attaching.signal.aborted) return
      const nowMs = Date.now()
      const isWorthIt = isWorthRetrying(failure, {
        hasPlayed: this.#hasPlayed,
        failures: this.#failures,
        nowMs,
      })
      this.#failures = countFailure(this.#failures, failure, nowMs)
      if (isWorthIt) {
        this.#recover(audio, track)
        return
      }
      this.#failures = noFailures
      this.store.commit({ type: 'failed', message: failureMessages[failure] })
      this.#detach()
    }
    try {
      const saved = await this.#findSaved(track)
      if (attaching.signal.aborted) return
      const { positionMs } = this.store.read()
      const stream = await attachStream(audio, {
        url: track.hlsUrl,
        saved,
        startMs: positionMs,
        onFailure,
        signal: attaching.signal,
      })
      if (attaching.signal.aborted) {
        stream.detach()
        return
      }
      this.#stream = stream
      const wantedMs = this.store.read().positionMs
      if (wantedMs !== positionMs) audio.currentTime = wantedMs / 1000
      this.#start(audio)
    } catch {
      // The streaming code could not be fetched.
      onFailure('network')
    }
  }

  /** Storage that cannot be read holds nothing: the recording then comes from the network. */
  async #findSaved({ id }: Track): Promise<Blob | null> {
    try {
      return (await this.#readSaved?.(id)) ?? null
    } catch {
      return null
    }
  }

  /** Attaches the stream again at the same position. */
  #recover(audio: HTMLAudioElement, track: Track): void {
    const isPaused = this.store.read().status === 'paused'
    this.#detach()
    if (isPaused) {
      // The next press of play attaches it again.
      this.store.commit({ type: 'paused' })
      return
    }
    this.store.commit({ type: 'recovering' })
    this.#recovery = setTimeout(() => {
      this.#recovery = undefined
      void this.#attach(audio, track)
    }, recoveryDelayMs(this.#failures))
  }

  #start(audio: HTMLAudioElement): void {
    audio.play().catch((error: unknown) => {
      // Browsers block sound before the first press on a page; the listener presses play.
      if (error instanceof DOMException && error.name === 'NotAllowedError')
        this.store.commit({ type: 'paused' })
    })
  }

  #detach(): void {
    clearTimeout(this.#recovery)
    this.#recovery = undefined
    this.#attaching?.abort()
    this.#attaching = null
    const stream = this.#stream
    this.#stream = null
    this.#isAdopting = false
    this.#adoptedMs = null
    this.#audio?.pause()
    stream?.detach()
  }

  /** Reports every place that is kept, until the returned function is called. */
  onPlace(report: (place: PlaceReport) => void): () => void {
    this.#onPlace = report
    return () => {
      this.#onPlace = null
    }
  }

  #remember(): void {
    const { track, positionMs, status } = this.store.read()
    // A recording that was only chosen has not been listened to.
    if (!track || status === 'empty' || this.#listenedAtMs === 0) return
    this.#rememberedAt = Date.now()
    const isFinished = status === 'ended'
    const place = { id: track.id, positionMs: isFinished ? 0 : positionMs, listenedAtMs: this.#listenedAtMs }
    rememberPlace(place.id, place.positionMs, { listenedAtMs: place.listenedAtMs })
    this.#onPlace?.({ ...place, isFinished, isPlaying: status === 'playing' })
  }
}

function bufferedMs(audio: HTMLAudioElement): number {
  for (let index = 0; index < audio.buffered.length; index += 1) {
    if (audio.buffered.start(index) <= audio.currentTime && audio.currentTime <= audio.buffered.end(index)) {
      return Math.round(audio.buffered.end(index) * 1000)
    }
  }
  return 0
}

/** The one player of this browser tab. */
export const player = new Player()
