import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openLiveStream } from './open-live-stream.ts'

/** The used part of a browser's EventSource; tests control the server. */
class Source extends EventTarget {
  static readonly CLOSED = 2
  static opened: Source[] = []
  readyState = 0
  constructor() {
    super()
    Source.opened.push(this)
  }
  close() {
    this.readyState = Source.CLOSED
  }
  succeed() {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  send(event: string, data: string) {
    this.dispatchEvent(new MessageEvent(event, { data }))
  }
  fail({ forGood }: { forGood: boolean }) {
    this.readyState = forGood ? Source.CLOSED : 0
    this.dispatchEvent(new Event('error'))
  }
}

const opened: (() => void)[] = []
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' })
const look = (visibilityState: 'visible' | 'hidden') => {
  page.visibilityState = visibilityState
  page.dispatchEvent(new Event('visibilitychange'))
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', Source)
  vi.stubGlobal('document', page)
  page.visibilityState = 'visible'
  Source.opened = []
})

afterEach(() => {
  for (const close of opened.splice(0)) close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function open() {
  const callbacks = { onEvent: vi.fn(), onReturn: vi.fn(), onRefused: vi.fn(), onConnection: vi.fn() }
  const close = openLiveStream('/live', { event: 'news', ...callbacks })
  opened.push(close)
  const latest = () => {
    const source = Source.opened.at(-1)
    if (!source) throw new Error('No stream was opened.')
    return source
  }
  return { ...callbacks, close, latest }
}

it('reports the requested event, and the first connection without a missed event', () => {
  const { latest, onEvent, onReturn, onConnection } = open()
  latest().succeed()
  latest().send('news', '{"a":1}')
  latest().send('other', '{}')
  expect(onEvent.mock.calls).toEqual([['{"a":1}']])
  expect(onConnection.mock.calls).toEqual([[true]])
  expect(onReturn).not.toHaveBeenCalled()
})

it('leaves a lost connection to the browser, and reports when it is back', () => {
  const { latest, onReturn, onRefused, onConnection } = open()
  latest().succeed()
  latest().fail({ forGood: false })
  latest().succeed()
  expect(onRefused).not.toHaveBeenCalled()
  expect(Source.opened).toHaveLength(1)
  expect(onConnection.mock.calls).toEqual([[true], [false], [true]])
  expect(onReturn).toHaveBeenCalledTimes(1)
})

it('opens a refused stream again with growing delays, and quickly after it has worked', () => {
  const { latest, onRefused } = open()
  for (const waitedMs of [2000, 4000, 8000, 16_000, 20_000, 20_000]) {
    const before = Source.opened.length
    latest().fail({ forGood: true })
    vi.advanceTimersByTime(waitedMs - 1)
    expect(Source.opened).toHaveLength(before)
    vi.advanceTimersByTime(1)
    expect(Source.opened).toHaveLength(before + 1)
  }
  expect(onRefused).toHaveBeenCalledTimes(6)
  latest().succeed()
  latest().fail({ forGood: true })
  vi.advanceTimersByTime(2000)
  expect(Source.opened).toHaveLength(8)
})

it('has no connection while the page is hidden, and then reports that events may have been missed', () => {
  const { latest, onReturn, onConnection } = open()
  latest().succeed()
  look('hidden')
  expect(latest().readyState).toBe(Source.CLOSED)
  expect(onConnection).toHaveBeenLastCalledWith(false)
  vi.advanceTimersByTime(60_000)
  expect(Source.opened).toHaveLength(1)
  look('visible')
  expect(Source.opened).toHaveLength(2)
  latest().succeed()
  expect(onReturn).toHaveBeenCalledTimes(1)
})

it('opens no stream in a hidden page, and does not retry there', () => {
  page.visibilityState = 'hidden'
  open()
  expect(Source.opened).toHaveLength(0)
  look('visible')
  Source.opened.at(-1)?.fail({ forGood: true })
  look('hidden')
  vi.advanceTimersByTime(60_000)
  expect(Source.opened).toHaveLength(1)
})

it('does nothing after it was closed', () => {
  const { latest, close } = open()
  latest().fail({ forGood: true })
  close()
  look('hidden')
  look('visible')
  vi.advanceTimersByTime(60_000)
  expect(Source.opened).toHaveLength(1)
})
