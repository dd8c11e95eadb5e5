import { describe, expect, it } from 'vitest'
import { PassageLoop } from './passage-loop.ts'
import { createPlayerStore } from './player-store.ts'

const track = {
  id: 'a',
  title: 'A',
  artist: null,
  album: null,
  reference: '',
  pageHref: '/sermons/a',
  hlsUrl: '',
  captionsUrl: '',
  durationMs: 100_000,
  peaks: [],
}

function start() {
  const store = createPlayerStore()
  const seeks: number[] = []
  const loop = new PassageLoop({
    store,
    positionMs: () => store.read().positionMs,
    seek: (toMs) => {
      seeks.push(toMs)
      store.commit({ type: 'seeked', positionMs: toMs })
    },
  })
  const playAt = (positionMs: number) => store.commit({ type: 'time', positionMs })
  store.commit({ type: 'track-chosen', track, atMs: 10_000 })
  store.commit({ type: 'playing' })
  return { store, loop, seeks, playAt }
}

describe('a passage in a loop', () => {
  it('is played from its start each time its end is reached, until it is cleared', () => {
    const { loop, seeks, playAt } = start()
    loop.begin()
    playAt(15_000)
    loop.end()
    expect(seeks).toEqual([10_000])
    playAt(14_900)
    playAt(15_050)
    expect(seeks).toEqual([10_000, 10_000])
    loop.clear()
    playAt(16_000)
    expect(seeks).toHaveLength(2)
  })

  it('is at least a second long', () => {
    const { loop } = start()
    loop.begin()
    loop.end()
    expect(loop.read()).toMatchObject({ startMs: 10_000, endMs: 11_000 })
  })

  it('ends when another sermon is chosen', () => {
    const { store, loop, seeks, playAt } = start()
    loop.begin()
    playAt(12_000)
    loop.end()
    store.commit({ type: 'track-chosen', track: { ...track, id: 'b' }, atMs: 20_000 })
    expect(loop.read()).toBeNull()
    expect(seeks).toEqual([10_000])
  })
})
