import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type SendEvent, streamEvents } from './stream-events.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

function open() {
  const asker = new AbortController()
  const unsubscribe = vi.fn()
  let send: SendEvent = () => {
    throw new Error('Nobody has subscribed.')
  }
  const response = streamEvents(new Request('http://localhost/', { signal: asker.signal }), (given) => {
    send = given
    return unsubscribe
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) throw new Error('The response has no body.')
  return { asker, unsubscribe, reader, response, send: (event: string, data: unknown) => send(event, data) }
}

it('sends each event by name, as JSON on one line, and a sign of life between them', async () => {
  const { reader, response, send } = open()
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect((await reader.read()).value).toBe('retry: 2000\n\n')
  send('sermon', { title: 'Two\nlines' })
  expect((await reader.read()).value).toBe('event: sermon\ndata: {"title":"Two\\nlines"}\n\n')
  await vi.advanceTimersByTimeAsync(15_000)
  expect((await reader.read()).value).toMatch(/^:/)
})

it.each([
  ['the reader goes', async ({ reader }: ReturnType<typeof open>) => reader.cancel()],
  ['the request is broken off', async ({ asker }: ReturnType<typeof open>) => asker.abort()],
  ['five minutes have passed', () => vi.advanceTimersByTimeAsync(5 * 60_000)],
])('stops watching once when %s', async (_, end) => {
  const opened = open()
  await end(opened)
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  expect(opened.unsubscribe).toHaveBeenCalledTimes(1)
  expect(vi.getTimerCount()).toBe(0)
})
