import { expect, test } from 'vitest'
import { readBody } from '#lib/http/read-body.ts'

/** A request that streams its body without announcing the length. */
function requestOf(nextPiece: () => Uint8Array<ArrayBuffer> | undefined): Request {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const piece = nextPiece()
      if (piece) controller.enqueue(piece)
      else controller.close()
    },
  })
  const init = { method: 'POST', body, duplex: 'half' }
  return new Request('http://selah.test/', init)
}

test('a body within the limit is read completely, however it is split', async () => {
  const pieces = ['one ', 'two ', 'three'].map((text) => new TextEncoder().encode(text))
  const body = await readBody(
    requestOf(() => pieces.shift()),
    { maxBytes: 13 },
  )
  expect(new TextDecoder().decode(body)).toBe('one two three')
})

const refused = { code: 'too_large', status: 413 }
const drainedBytes = 8 * 1024 * 1024

test('a body that exceeds the limit, without an announced length, is read to its end and refused', async () => {
  let left = 30
  const long = requestOf(() => {
    left -= 1
    return left < 0 ? undefined : new Uint8Array(100)
  })
  await expect(readBody(long, { maxBytes: 1000 })).rejects.toMatchObject(refused)
  // The client has sent everything and receives the response.
  expect(left).toBeLessThan(0)
})

test('an endless body is refused', async () => {
  const pieceBytes = 256 * 1024
  let sentBytes = 0
  const endless = requestOf(() => {
    sentBytes += pieceBytes
    return new Uint8Array(pieceBytes)
  })
  await expect(readBody(endless, { maxBytes: 1000 })).rejects.toMatchObject(refused)
  expect(sentBytes).toBeLessThan(drainedBytes + 10 * pieceBytes)
})

test('a body with a far too large announced length is refused before a byte is read', async () => {
  const headers = { 'content-length': String(drainedBytes + 1001) }
  const request = new Request('http://selah.test/', { method: 'POST', headers })
  await expect(readBody(request, { maxBytes: 1000, tooLarge: 'Shorter, please.' })).rejects.toThrow(
    'Shorter, please.',
  )
})

test('a request without a body has an empty body', async () => {
  expect(await readBody(new Request('http://selah.test/'), { maxBytes: 10 })).toHaveLength(0)
})
