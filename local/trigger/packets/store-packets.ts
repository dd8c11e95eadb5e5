import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { AppError } from '#lib/errors.ts'

import type { Store } from '../database/store.ts'

const mostBytes = 256 * 1024 * 1024

type Packets = { directory: string }

function packetFolder({ directory }: Packets): string {
  return join(directory, 'packets')
}

/** Stores a payload or output that is too large for a message, at most 256 MB. Replaces one of the same name. */
export async function storePacket(
  deps: Store & Packets,
  name: string,
  request: IncomingMessage,
): Promise<void> {
  await mkdir(packetFolder(deps), { recursive: true })
  const file = createHash('sha256').update(name).digest('hex')
  const target = join(packetFolder(deps), file)
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
  await deps.db.query(
    `insert into engine.packets (name, file, content_type, size_bytes, created_at) values ($1, $2, $3, $4, $5)
     on conflict (name) do update set
       content_type = excluded.content_type, size_bytes = excluded.size_bytes, created_at = excluded.created_at`,
    [name, file, request.headers['content-type'] ?? 'application/json', sizeBytes, deps.now()],
  )
}

/** Sends a packet with its stored content type. Throws not_found when there is none. */
export async function sendPacket(
  deps: Pick<Store, 'db'> & Packets,
  name: string,
  response: ServerResponse,
): Promise<void> {
  const [row] = await deps.db.query<{ file: string; content_type: string }>(
    'select file, content_type from engine.packets where name = $1',
    [name],
  )
  if (!row) throw new AppError('not_found', 'There is no such packet.')
  const path = join(packetFolder(deps), row.file)
  const { size } = await stat(path)
  response.writeHead(200, { 'content-type': row.content_type, 'content-length': size })
  await pipeline(createReadStream(path), response)
}
