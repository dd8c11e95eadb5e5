import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { AppError } from '#lib/errors.ts'

import type { Engine } from '../engine.ts'

const mostBytes = 256 * 1024 * 1024

function packetFolder(engine: Pick<Engine, 'directory'>): string {
  return join(engine.directory, 'packets')
}

/** Stores a payload or output too large for a message. Storing the same name again replaces it. */
export async function storePacket(engine: Engine, name: string, request: IncomingMessage): Promise<void> {
  await mkdir(packetFolder(engine), { recursive: true })
  const file = createHash('sha256').update(name).digest('hex')
  const target = join(packetFolder(engine), file)
  const pending = `${target}.${randomBytes(6).toString('hex')}`
  let sizeBytes = 0
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length
      if (sizeBytes > mostBytes) done(new AppError('too_large', 'A payload can have at most 256 MB.'))
      else done(null, chunk)
    },
  })
  try {
    await pipeline(request, limit, createWriteStream(pending))
    await rename(pending, target)
  } finally {
    await rm(pending, { force: true })
  }
  await engine.db.query(
    `insert into engine.packets (name, file, content_type, size_bytes, created_at) values ($1, $2, $3, $4, $5)
     on conflict (name) do update set
       content_type = excluded.content_type, size_bytes = excluded.size_bytes, created_at = excluded.created_at`,
    [name, file, request.headers['content-type'] ?? 'application/json', sizeBytes, engine.now()],
  )
}

/** Sends a stored packet with the content type it was stored with. */
export async function sendPacket(engine: Engine, name: string, response: ServerResponse): Promise<void> {
  const [row] = await engine.db.query<{ file: string; content_type: string }>(
    'select file, content_type from engine.packets where name = $1',
    [name],
  )
  if (!row) throw new AppError('not_found', 'There is no such packet.')
  const path = join(packetFolder(engine), row.file)
  const { size } = await stat(path)
  response.writeHead(200, { 'content-type': row.content_type, 'content-length': size })
  await pipeline(createReadStream(path), response)
}
