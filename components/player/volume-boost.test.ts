// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createPlayerStore, type PlayerStore } from './player-store.ts'
import type { Track } from './track.ts'
import { VolumeBoost } from './volume-boost.ts'

const track: Track = {
  ...{ id: '1', title: 'Grace', artist: null, album: null, reference: '', pageHref: '/', hlsUrl: '' },
  ...{ captionsUrl: '', durationMs: 600_000, peaks: [], language: 'en' },
}

const graph = { state: 'running', made: 0, gain: { value: 1 } }
class FakeNode {
  connect(node: FakeNode): FakeNode {
    return node
  }
}
class FakeContext {
  destination = new FakeNode()
  constructor() {
    graph.made += 1
  }
  get state() {
    return graph.state
  }
  createGain() {
    return Object.assign(new FakeNode(), { gain: graph.gain })
  }
  createMediaElementSource() {
    return new FakeNode()
  }
  async resume() {
    graph.state = 'running'
  }
}

let store: PlayerStore
let boost: VolumeBoost

beforeEach(() => {
  localStorage.clear()
  Object.assign(graph, { state: 'running', made: 0, gain: { value: 1 } })
  vi.stubGlobal('AudioContext', FakeContext)
  vi.stubGlobal('DynamicsCompressorNode', FakeNode)
  store = createPlayerStore()
  boost = new VolumeBoost({ store, element: () => document.createElement('audio') })
  store.commit({ type: 'track-chosen', track, atMs: 0 })
  store.commit({ type: 'playing' })
})

afterEach(() => {
  boost.set(false)
  vi.unstubAllGlobals()
})

it('makes the sound louder while it is on, in one graph', () => {
  boost.set(true)
  expect(graph.gain.value).toBe(2)
  boost.set(false)
  expect(graph.gain.value).toBe(1)
  boost.set(true)
  expect(graph).toMatchObject({ made: 1, gain: { value: 2 } })
})

it.each(['suspended', 'interrupted'])(
  'sound comes back after the output changed and the system left it %s',
  (state) => {
    boost.set(true)
    graph.state = state
    store.commit({ type: 'time', positionMs: 1000 })
    expect(graph.state).toBe('running')
  },
)
