// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Player } from './player.ts'
import { recallPlace } from './remember-listening.ts'
import type { Track } from './track.ts'

const track: Track = {
  ...{ id: '1', title: 'Grace', artist: null, album: null, reference: '', pageHref: '/', hlsUrl: '' },
  ...{ captionsUrl: '', durationMs: 600_000, peaks: [], language: 'en' },
}

/** An element without sound: the test is its clock. */
class SilentAudio extends EventTarget {
  currentTime = 0
  duration = 600
  readyState = 4
  paused = true
  src = ''
  error: { code: number } | null = null
  buffered = { length: 0, start: () => 0, end: () => 0 }
  async play() {
    this.paused = false
    this.dispatchEvent(new Event('playing'))
  }
  pause() {
    if (this.paused) return
    this.paused = true
    this.dispatchEvent(new Event('pause'))
  }
  /** As in a browser: what is loaded again waits for play, and no event says so. */
  load() {
    this.paused = true
    this.currentTime = 0
  }
  removeAttribute() {}
  /** Plays for a time, with the updates of a browser. */
  advance(forMs: number) {
    for (let ms = 0; ms < forMs; ms += 250) {
      vi.advanceTimersByTime(250)
      this.currentTime += 0.25
      this.dispatchEvent(new Event('timeupdate'))
    }
  }
  end() {
    this.currentTime = this.duration
    this.paused = true
    this.dispatchEvent(new Event('ended'))
  }
}

/** The element reports that it cannot decode what it has (3), or that the network failed (2). */
async function fail(code = 3) {
  audio.error = { code }
  audio.dispatchEvent(new Event('error'))
  audio.pause()
  // The player asks whether the recording is still there.
  await vi.waitFor(() => expect(fetched).toHaveBeenCalled())
  fetched.mockClear()
  await vi.advanceTimersByTimeAsync(1)
  audio.error = null
}

const fetched = vi.fn(async () => new Response())
let audio: SilentAudio
let player: Player
let release: () => void

beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('MediaError', { MEDIA_ERR_NETWORK: 2 })
  vi.stubGlobal('fetch', fetched)
  fetched.mockClear()
  localStorage.clear()
  audio = new SilentAudio()
  player = new Player()
  release = player.bind(audio as unknown as HTMLAudioElement)
  player.readSavedFrom(async () => new Blob(['sound']))
  player.playTrack(track, 60_000)
  await vi.advanceTimersByTimeAsync(0)
  audio.dispatchEvent(new Event('loadedmetadata'))
})

afterEach(() => {
  release()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a player', () => {
  it('loses less than a second of the place in a crash', () => {
    for (let step = 0; step < 40; step += 1) {
      audio.advance(250)
      if (step > 4) expect(audio.currentTime * 1000 - recallPlace('1', 600_000)).toBeLessThan(1000)
    }
  })

  it('plays from where the listener jumped to after the end, and from the start if they did not', () => {
    audio.end()
    player.playTrack(track, 90_000)
    expect(audio.currentTime).toBe(90)
    expect(player.store.read().status).toBe('playing')
    audio.end()
    player.seek(120_000)
    player.play()
    expect(audio.currentTime).toBe(120)
    audio.end()
    player.play()
    expect(audio.currentTime).toBe(0)
  })

  it('goes to the place of another tab when it plays, and requests nothing for it before', () => {
    audio.advance(1000)
    player.pause()
    vi.advanceTimersByTime(1000)
    player.adoptPlace({ id: '1', positionMs: 200_000, listenedAtMs: Date.now() })
    expect(player.positionMs()).toBe(200_000)
    expect(audio.currentTime).toBe(61)
    player.play()
    expect(audio.currentTime).toBe(200)
  })

  it('does not go to a place that is older than its own, nor while it plays', () => {
    audio.advance(1000)
    player.adoptPlace({ id: '1', positionMs: 200_000, listenedAtMs: Date.now() + 1000 })
    player.pause()
    player.adoptPlace({ id: '1', positionMs: 300_000, listenedAtMs: Date.now() - 60_000 })
    player.play()
    expect(audio.currentTime).toBe(61)
  })

  it('jumps from the place of another tab where the listener jumps before it plays', () => {
    player.pause()
    vi.advanceTimersByTime(1000)
    player.adoptPlace({ id: '1', positionMs: 200_000, listenedAtMs: Date.now() })
    player.skip(15_000)
    player.play()
    expect(audio.currentTime).toBe(215)
  })

  it('plays on from the same place when audio could not be decoded, and says so when it fails again', async () => {
    audio.advance(5000)
    await fail()
    expect(player.store.read()).toMatchObject({ status: 'loading', isStalled: true, error: null })
    await vi.advanceTimersByTimeAsync(1000)
    audio.dispatchEvent(new Event('loadedmetadata'))
    expect(player.store.read().status).toBe('playing')
    expect(audio).toMatchObject({ paused: false, currentTime: 65 })
    audio.advance(1000)
    await fail()
    expect(player.store.read()).toMatchObject({ status: 'failed', error: 'failedMedia' })
    player.play()
    await vi.advanceTimersByTimeAsync(0)
    expect(player.store.read().status).toBe('playing')
  })

  it('says that it waits when play is pressed after the connection failed during a pause', async () => {
    audio.advance(5000)
    player.pause()
    await fail(2)
    expect(player.store.read().status).toBe('paused')
    audio.play = async () => {}
    player.play()
    await vi.advanceTimersByTimeAsync(0)
    expect(player.store.read().status).toBe('loading')
    await fail(2)
    expect(player.store.read()).toMatchObject({ status: 'loading', isStalled: true })
  })
})
