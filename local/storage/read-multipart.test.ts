import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { readMultipart } from './read-multipart.ts'

const boundary = '----form1'

function makeRequest(body: Buffer, pieceBytes: number): IncomingMessage {
  const pieces: Buffer[] = []
  for (let start = 0; start < body.length; start += pieceBytes)
    pieces.push(body.subarray(start, start + pieceBytes))
  const stream = Readable.from(pieces, { objectMode: false })
  return Object.assign(stream, {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }) as unknown as IncomingMessage
}

function makeForm(file: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="cacheControl"\r\n\r\n3600\r\n`),
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name=""; filename="blob"\r\nContent-Type: audio/mpeg\r\n\r\n`,
    ),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
}

async function readContent(file: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of file) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const tricky = Buffer.from(`\r\n--${boundary.slice(0, -1)}\r\n\r\n--\r\n\r\n--`)

test.each([1, 2, 3, 7, 64, 10_000])(
  'a form that arrives in pieces of %i bytes has its fields and its file',
  async (piece) => {
    const upload = await readMultipart(makeRequest(makeForm(tricky), piece))
    expect(upload.fields.get('cacheControl')).toBe('3600')
    expect(upload.contentType).toBe('audio/mpeg')
    expect((await readContent(upload.file)).equals(tricky)).toBe(true)
  },
)

test('an empty file is accepted', async () => {
  const upload = await readMultipart(makeRequest(makeForm(Buffer.alloc(0)), 5))
  expect(await readContent(upload.file)).toHaveLength(0)
})

test('a form without a file, or cut short, is refused', async () => {
  const none = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--${boundary}--\r\n`,
  )
  await expect(readMultipart(makeRequest(none, 10))).rejects.toMatchObject({ code: 'InvalidRequest' })
  await expect(readMultipart(makeRequest(Buffer.from('not a form'), 10))).rejects.toMatchObject({
    code: 'InvalidRequest',
  })
  const short = makeForm(Buffer.from('x'.repeat(100)))
  const upload = await readMultipart(makeRequest(short.subarray(0, -60), 10))
  await expect(readContent(upload.file)).rejects.toMatchObject({ code: 'InvalidRequest' })
})
