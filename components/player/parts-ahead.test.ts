import { afterEach, expect, test, vi } from 'vitest'
import { PartsAhead } from './parts-ahead.ts'

const part = { url: 'https://grace.example/96k.mp4', rangeStart: 100, rangeEnd: 200 }
const next = { ...part, rangeStart: 200, rangeEnd: 300 }
const signed = 'https://storage.example/96k.mp4?token=1'
const toSigned = () => signed

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
  const ahead = new PartsAhead()
  ahead.request([part], toSigned)
  ahead.request([part], toSigned)
  expect(sent).toHaveBeenCalledOnce()
  expect(sent.mock.calls[0]).toMatchObject([signed, { headers: { range: 'bytes=100-199' } }])
  expect((await ahead.take(part)?.body)?.byteLength).toBe(3)
  expect(ahead.take(part)).toBeNull()
})

test('another part is not given, and its request ends the one before', () => {
  const sent = serve(206)
  const ahead = new PartsAhead()
  ahead.request([part], toSigned)
  expect(ahead.take(next)).toBeNull()
  ahead.request([next], toSigned)
  expect(sent.mock.calls[0]?.[1]?.signal?.aborted).toBe(true)
  expect(ahead.take(part)).toBeNull()
})

test('of two parts, one that was requested before is not requested again', async () => {
  const sent = serve(206)
  const ahead = new PartsAhead()
  ahead.request([part], toSigned)
  ahead.request([part, next], toSigned)
  expect(sent.mock.calls.map(([, init]) => init?.headers)).toEqual([
    { range: 'bytes=100-199' },
    { range: 'bytes=200-299' },
  ])
  expect((await ahead.take(next)?.body)?.byteLength).toBe(3)
  expect((await ahead.take(part)?.body)?.byteLength).toBe(3)
})

test('a part that the server refuses is not given as a recording', async () => {
  serve(400)
  const ahead = new PartsAhead()
  ahead.request([part], toSigned)
  await expect(ahead.take(part)?.body).rejects.toThrow('400')
})
