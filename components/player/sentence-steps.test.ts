import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createPlayerStore, type PlayerStore } from './player-store.ts'
import { readSavedTextsFrom } from './saved-texts.ts'
import { findStep, SentenceSteps } from './sentence-steps.ts'
import type { Track } from './track.ts'

const startsMs = [2000, 5000, 9000]

describe('a step', () => {
  const from = (positionMs: number, rate = 1) => ({
    previous: findStep(startsMs, { step: 'previousSentence', positionMs, rate }),
    next: findStep(startsMs, { step: 'nextSentence', positionMs, rate }),
  })

  it('leads to the next sentence, and from the last one nowhere', () => {
    expect([0, 3000, 8999.9, 9000].map((ms) => from(ms).next)).toEqual([2000, 5000, null, null])
  })

  it('begins a sentence again once it was heard for a while, else the one before', () => {
    expect([6000, 6600, 5000, 4999.9].map((ms) => from(ms).previous)).toEqual([2000, 5000, 2000, 2000])
  })

  it('counts what was heard in time of the listener', () => {
    expect(from(7000, 2).previous).toBe(2000)
    expect(from(8500, 2).previous).toBe(5000)
  })

  it('begins the first sentence again, and leads nowhere before it', () => {
    expect(from(2500).previous).toBe(2000)
    expect(from(1000).previous).toBeNull()
  })
})

describe('the player', () => {
  const track: Track = {
    ...{ id: '1', title: 'Grace', artist: null, album: null, reference: '', pageHref: '/', hlsUrl: '' },
    ...{ captionsUrl: '/api/v1/sermons/1/transcript.vtt?recording=1', durationMs: 600_000, peaks: [] },
  }
  const transcript = {
    words: [2000, 3000, 5000].map((startMs, index) => ({ id: `w${index}`, startMs })),
    sentences: [{ firstWord: 'w0' }, { firstWord: 'w2' }],
  }
  let store: PlayerStore
  let stopSaved = () => {}
  let steps: SentenceSteps

  beforeEach(() => {
    store = createPlayerStore()
    store.commit({ type: 'track-chosen', track, atMs: 0 })
    steps = new SentenceSteps({
      store,
      positionMs: () => store.read().positionMs,
      seek: (toMs) => store.commit({ type: 'seeked', positionMs: toMs }),
    })
  })

  afterEach(() => {
    stopSaved()
    vi.unstubAllGlobals()
  })

  const answerWith = (answer: () => Response) =>
    vi.stubGlobal(
      'fetch',
      vi.fn(async () => answer()),
    )

  it('goes from sentence to sentence with one request of the transcript', async () => {
    answerWith(() => Response.json(transcript))
    await Promise.all([steps.go('nextSentence'), steps.go('nextSentence')])
    expect(store.read().positionMs).toBe(5000)
    expect(await steps.go('previousSentence')).toBeNull()
    expect(store.read().positionMs).toBe(2000)
    expect(fetch).toHaveBeenCalledExactlyOnceWith('/api/v1/sermons/1/transcript?recording=1')
  })

  it('says that there is no transcript, and stays where it is', async () => {
    answerWith(() => new Response(null, { status: 404 }))
    expect(await steps.go('nextSentence')).toBe('sentencesMissing')
    expect(store.read().positionMs).toBe(0)
  })

  it('says that the transcript cannot be reached, and requests it again at the next step', async () => {
    answerWith(() => Response.error())
    expect(await steps.go('nextSentence')).toBe('sentencesFailed')
    answerWith(() => Response.json(transcript))
    expect(await steps.go('nextSentence')).toBeNull()
    expect(store.read().positionMs).toBe(2000)
  })

  it('reads a saved sermon without a network', async () => {
    answerWith(() => Response.error())
    const words = [2000, 4000].map((startMs) => ['word', startMs, startMs + 500] as const)
    const sentences = [[0, 0] as const, [1, 1] as const]
    stopSaved = readSavedTextsFrom(async () => ({ track: {}, transcript: { words, sentences } }))
    await steps.go('nextSentence')
    await steps.go('nextSentence')
    expect(store.read().positionMs).toBe(4000)
  })
})
