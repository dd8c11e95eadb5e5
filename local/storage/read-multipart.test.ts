import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { readMultipart } from './read-multipart.ts'

const boundary = '----form1'

function aRequest(body: Buffer, pieceBytes: number): IncomingMessage {
  const pieces: Buffer[] = []
  for (let start = 0; start < body.length; start += pieceBytes)
    pieces.push(body.subarray(start, start + pieceBytes))
  const stream = Readable.from(pieces, { objectMode: false })
  return Object.assign(stream, {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }) as unknown as IncomingMessage
}

function aForm(file: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="cacheControl"\r\n\r\n3600\r\n`),
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name=""; filename="blob"\r\nContent-Type: audio/mpeg\r\n\r\n`,
    ),
    file,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
}

async function contentOf(file: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of file) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const tricky = Buffer.from(`\r\n--${boundary.slice(0, -1)}\r\n\r\n--\r\n\r\n--`)

test.each([1, 2, 3, 7, 64, 10_000])(
  'a form cut into pieces of %i bytes gives its fields and its file',
  async (piece) => {
    const upload = await readMultipart(aRequest(aForm(tricky), piece))
    expect(upload.fields.get('cacheControl')).toBe('3600')
    expect(upload.contentType).toBe('audio/mpeg')
    expect((await contentOf(upload.file)).equals(tricky)).toBe(true)
  },
)

test('an empty file is a file', async () => {
  const upload = await readMultipart(aRequest(aForm(Buffer.alloc(0)), 5))
  expect(await contentOf(upload.file)).toHaveLength(0)
})

test('a form without a file, or cut short, is refused', async () => {
  const none = Buffer.from(
    `--${boundary}\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--${boundary}--\r\n`,
  )
  await expect(readMultipart(aRequest(none, 10))).rejects.toMatchObject({ code: 'InvalidRequest' })
  await expect(readMultipart(aRequest(Buffer.from('nothing like it'), 10))).rejects.toMatchObject({
    code: 'InvalidRequest',
  })
  const short = aForm(Buffer.from('x'.repeat(100)))
  const upload = await readMultipart(aRequest(short.subarray(0, -60), 10))
  await expect(contentOf(upload.file)).rejects.toMatchObject({ code: 'InvalidRequest' })
})
