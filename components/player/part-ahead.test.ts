import { afterEach, expect, test, vi } from 'vitest'
import { PartAhead } from './part-ahead.ts'

const part = { url: 'https://grace.example/96k.mp4', rangeStart: 100, rangeEnd: 200 }
const signed = 'https://storage.example/96k.mp4?token=1'

function serve(status: number) {
  const sent = vi.fn((..._: Parameters<typeof fetch>) =>
    Promise.resolve(new Response(new Uint8Array([1, 2, 3]), { status })),
  )
  vi.stubGlobal('fetch', sent)
  return sent
}

afterEach(() => vi.unstubAllGlobals())

test('a part is requested once, with its bytes, and given once', async () => {
  const sent = serve(206)
  const ahead = new PartAhead()
  ahead.request(part, signed)
  ahead.request(part, signed)
  expect(sent).toHaveBeenCalledOnce()
  expect(sent.mock.calls[0]).toMatchObject([signed, { headers: { range: 'bytes=100-199' } }])
  expect((await ahead.take(part)?.body)?.byteLength).toBe(3)
  expect(ahead.take(part)).toBeNull()
})

test('another part is not given, and its request ends the one before', () => {
  const sent = serve(206)
  const ahead = new PartAhead()
  ahead.request(part, signed)
  expect(ahead.take({ ...part, rangeStart: 200, rangeEnd: 300 })).toBeNull()
  ahead.request({ ...part, rangeStart: 200, rangeEnd: 300 }, signed)
  expect(sent.mock.calls[0]?.[1]?.signal?.aborted).toBe(true)
  expect(ahead.take(part)).toBeNull()
})

test('a part that the server refuses is not given as a recording', async () => {
  serve(400)
  const ahead = new PartAhead()
  ahead.request(part, signed)
  await expect(ahead.take(part)?.body).rejects.toThrow('400')
})
