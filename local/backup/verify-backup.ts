import { fork } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { cp, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { z } from 'zod'
import { AppError } from '#lib/errors.ts'

const readyWithinMs = 120_000
const objectsSchema = z.array(z.object({ version: z.string(), size: z.coerce.number().nullable() }))
const readySchema = z.object({ port: z.number() })

/**
 * Opens a copy of a backup's database in a scratch folder inside the backup, and checks that the backup contains each
 * stored file that it refers to, with its size. The backup is not changed. Throws AppError when it cannot be used.
 */
export async function verifyBackup(backup: string): Promise<void> {
  const scratch = path.join(backup, `scratch-${randomUUID()}`)
  try {
    await cp(path.join(backup, 'database'), scratch, { recursive: true })
    for (const object of await readObjects(scratch)) {
      const place = path.join(backup, 'storage/objects', object.version.slice(0, 2), object.version)
      const found = await stat(place).catch(() => undefined)
      if (found === undefined || (object.size !== null && found.size !== object.size)) {
        throw new AppError(
          'internal',
          `The backup lacks the stored file ${object.version}. Start the backup again.`,
          {
            reason: 'backup.file_missing',
          },
        )
      }
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function readObjects(directory: string): Promise<z.infer<typeof objectsSchema>> {
  const password = randomBytes(16).toString('hex')
  const child = fork(path.resolve(import.meta.dirname, '../database/main.ts'), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      SELAH_DATABASE_DIR: directory,
      SELAH_DATABASE_PORT: '0',
      SELAH_DATABASE_PASSWORD: password,
      SELAH_DATABASE_FSYNC: '0',
    },
  })
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const ended = once(child, 'exit')
  try {
    const port = await Promise.race([
      once(child, 'message', { signal: AbortSignal.timeout(readyWithinMs) }).then(
        ([message]) => readySchema.parse(message).port,
      ),
      ended.then(() => {
        throw new Error(output.trim() || 'The database ended.')
      }),
    ])
    const client = new Client({
      connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    })
    await client.connect()
    try {
      return objectsSchema.parse((await client.query(objectsSql)).rows)
    } finally {
      await client.end()
    }
  } catch (cause) {
    throw new AppError('internal', 'The backup could not be opened. Start the backup again.', {
      reason: 'backup.unusable',
      cause,
    })
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

const objectsSql = `select version::text, metadata->>'size' as size from storage.objects where version is not null`
