import { expect, test } from 'vitest'
import { readBody } from '#lib/http/read-body.ts'

/** A request that sends one piece after another, without saying how many. */
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

test('a body within the limit arrives whole, whatever pieces it came in', async () => {
  const pieces = ['one ', 'two ', 'three'].map((text) => new TextEncoder().encode(text))
  const body = await readBody(
    requestOf(() => pieces.shift()),
    { maxBytes: 13 },
  )
  expect(new TextDecoder().decode(body)).toBe('one two three')
})

test('a body without a stated length is refused when it passes the limit, and is not read to its end', async () => {
  let sent = 0
  const endless = requestOf(() => {
    sent += 1
    return new Uint8Array(100)
  })
  const refused = { code: 'too_large', status: 413 }
  await expect(readBody(endless, { maxBytes: 1000 })).rejects.toMatchObject(refused)
  expect(sent).toBeLessThan(20)
})

test('a body that says it is too large is refused before a byte is read', async () => {
  const request = new Request('http://selah.test/', { method: 'POST', headers: { 'content-length': '1001' } })
  await expect(readBody(request, { maxBytes: 1000, tooLarge: 'Shorter, please.' })).rejects.toThrow(
    'Shorter, please.',
  )
})

test('a request without a body has an empty one', async () => {
  expect(await readBody(new Request('http://selah.test/'), { maxBytes: 10 })).toHaveLength(0)
})
