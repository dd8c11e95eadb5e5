import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { StorageError } from './storage-error.ts'

export interface MultipartUpload {
  /** Text fields that came before the file. */
  fields: Map<string, string>
  contentType: string | undefined
  /** The file's bytes, read from the request on demand. */
  file: Readable
}

const maxHeaderBytes = 16 * 1024
const maxFieldBytes = 64 * 1024
const maxFields = 20

/**
 * Reads `multipart/form-data` up to its first file and returns the file as a stream, so that nothing large is
 * kept in memory. Throws StorageError `InvalidRequest`.
 */
export async function readMultipart(req: IncomingMessage): Promise<MultipartUpload> {
  const boundary = /boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(req.headers['content-type'] ?? '')
  const name = boundary?.[1] ?? boundary?.[2]
  if (name === undefined) throw malformed()
  const reader = createReader(req, Buffer.from(`\r\n--${name}`))
  const fields = new Map<string, string>()
  await reader.skipToFirstPart()
  for (let count = 0; count < maxFields; count += 1) {
    const header = await reader.readHeader()
    if (!header) break
    const disposition = /^content-disposition:\s*form-data\b(.*)$/im.exec(header)?.[1] ?? ''
    if (/;\s*filename\*?=/i.test(disposition)) {
      const contentType = /^content-type:\s*(.+)$/im.exec(header)?.[1]?.trim()
      return { fields, contentType, file: Readable.from(reader.readPart(), { objectMode: false }) }
    }
    const fieldName = /;\s*name="([^"]*)"/i.exec(disposition)?.[1] ?? ''
    fields.set(fieldName, await collect(reader.readPart()))
  }
  throw new StorageError('InvalidRequest', 'The form contains no file')
}

/** Splits the body into parts. `\r\n` is added before the body so that the first delimiter looks like the others. */
function createReader(req: IncomingMessage, delimiter: Buffer) {
  const chunks: AsyncIterator<Buffer> = req[Symbol.asyncIterator]()
  let buffered: Buffer = Buffer.from('\r\n')
  const more = async (): Promise<void> => {
    const next = await chunks.next()
    if (next.done) throw malformed()
    buffered = buffered.length === 0 ? next.value : Buffer.concat([buffered, next.value])
  }
  async function* readPart(): AsyncGenerator<Buffer> {
    for (;;) {
      const found = buffered.indexOf(delimiter)
      if (found !== -1) {
        const last = buffered.subarray(0, found)
        buffered = buffered.subarray(found + delimiter.length)
        if (last.length > 0) yield last
        return
      }
      // The end of the buffer may be the beginning of a delimiter.
      const safeBytes = buffered.length - delimiter.length + 1
      if (safeBytes > 0) {
        const ready = buffered.subarray(0, safeBytes)
        buffered = buffered.subarray(safeBytes)
        yield ready
      }
      await more()
    }
  }
  return {
    readPart,
    async skipToFirstPart() {
      for await (const _preamble of readPart());
    },
    /** Returns the header lines of the next part, or undefined after the last one. */
    async readHeader(): Promise<string | undefined> {
      while (buffered.length < 2) await more()
      if (buffered.subarray(0, 2).toString('latin1') === '--') return undefined
      let end = buffered.indexOf('\r\n\r\n')
      while (end === -1) {
        if (buffered.length > maxHeaderBytes) throw malformed()
        await more()
        end = buffered.indexOf('\r\n\r\n')
      }
      const header = buffered.subarray(0, end).toString('utf8')
      buffered = buffered.subarray(end + 4)
      return header
    },
  }
}

async function collect(part: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of part) {
    sizeBytes += chunk.length
    if (sizeBytes > maxFieldBytes) throw malformed()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function malformed(): StorageError {
  return new StorageError('InvalidRequest', 'The form could not be read')
}
