import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type EventStream, streamEvents } from './stream-events.ts'

const caller = { key: 'caller', isShared: false }

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function open() {
  const abort = new AbortController()
  const unsubscribe = vi.fn()
  const streams: EventStream[] = []
  const response = streamEvents(
    { request: new Request('http://localhost/', { signal: abort.signal }), caller },
    (given) => {
      streams.push(given)
      return unsubscribe
    },
  )
  const [stream] = streams
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader || !stream) throw new Error('Nothing is streamed.')
  return { abort, unsubscribe, reader, response, stream }
}

type Opened = ReturnType<typeof open>

it('sends each event by name, as JSON on one line, and heartbeats between them', async () => {
  const { reader, response, stream } = open()
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect((await reader.read()).value).toBe('retry: 2000\n\n')
  stream.send('sermon', { title: 'Two\nlines' })
  expect((await reader.read()).value).toBe('event: sermon\ndata: {"title":"Two\\nlines"}\n\n')
  await vi.advanceTimersByTimeAsync(15_000)
  expect((await reader.read()).value).toMatch(/^:/)
})

it.each<[string, (opened: Opened) => unknown]>([
  ['the client disconnects', ({ reader }) => reader.cancel()],
  ['the request is aborted', ({ abort }) => abort.abort()],
  ['the stream is ended', ({ stream }) => stream.end()],
  ['five minutes have passed', () => vi.advanceTimersByTimeAsync(5 * 60_000)],
])('unsubscribes once when %s, and later events are not sent', async (_, end) => {
  const opened = open()
  await end(opened)
  opened.stream.send('late', {})
  opened.stream.end()
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  expect(opened.unsubscribe).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

it('ends when the caller is no longer allowed, before anything else is sent', async () => {
  let allowed = true
  const unsubscribe = vi.fn()
  const streams: EventStream[] = []
  const response = streamEvents(
    { request: new Request('http://localhost/'), caller, isAllowed: async () => allowed },
    (given) => {
      streams.push(given)
      return unsubscribe
    },
  )
  const text = response.text()
  streams[0]?.send('sermon', 1)
  await vi.advanceTimersByTimeAsync(1_500)
  streams[0]?.send('sermon', 2)
  await vi.advanceTimersByTimeAsync(1_500)
  allowed = false
  streams[0]?.send('sermon', 3)
  await vi.advanceTimersByTimeAsync(0)
  expect(unsubscribe).toHaveBeenCalledTimes(1)
  expect(await text).toBe('retry: 2000\n\nevent: sermon\ndata: 1\n\nevent: sermon\ndata: 2\n\n')
})

it('asks with each heartbeat, also when nothing happens, and ends when it cannot know', async () => {
  const unsubscribe = vi.fn()
  const isAllowed = async () => Promise.reject(new Error('There is no database.'))
  streamEvents({ request: new Request('http://localhost/'), caller, isAllowed }, () => unsubscribe)
  await vi.advanceTimersByTimeAsync(15_000)
  expect(unsubscribe).toHaveBeenCalledTimes(1)
})

it('unsubscribes immediately when the stream ends while subscribing', () => {
  const unsubscribe = vi.fn()
  streamEvents({ request: new Request('http://localhost/'), caller }, ({ end }) => {
    end()
    return unsubscribe
  })
  expect(unsubscribe).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})

it.each([
  ['for the headers only', new Request('http://localhost/', { method: 'HEAD' })],
  ['that was aborted before', new Request('http://localhost/', { signal: AbortSignal.abort() })],
])('does not subscribe for a request %s', async (_, request) => {
  const subscribe = vi.fn()
  const response = streamEvents({ request, caller }, subscribe)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect(await response.text()).toBe('')
  expect(subscribe).not.toHaveBeenCalled()
  expect(vi.getTimerCount()).toBe(0)
})

it('refuses a caller with thirty open streams, until one of them has ended', () => {
  const other = { key: 'another', isShared: false }
  const abort = new AbortController()
  const request = () => new Request('http://localhost/', { signal: abort.signal })
  for (let stream = 0; stream < 30; stream += 1)
    streamEvents({ request: request(), caller: other }, () => () => {})
  const one = () => streamEvents({ request: request(), caller: other }, () => () => {})
  expect(one).toThrow('Too many live pages')
  abort.abort()
  expect(one).not.toThrow()
})
