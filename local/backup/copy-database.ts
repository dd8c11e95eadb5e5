import { constants } from 'node:fs'
import { copyFile, mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { AppError } from '#lib/errors.ts'
import { isMissing } from '../files/is-missing.ts'
import { syncPath } from '../files/sync-path.ts'
import { listFiles, listFolders } from './backup-manifest.ts'

/** Shorter than the time after which the database ends a client that blocks others. */
const keepAliveMs = 1_000
/** File times are coarse: a file that was changed this shortly before it was copied is copied again. */
const clockSlackMs = 2_000

/**
 * Copies the files of the embedded database while it runs. A first pass copies everything while clients work.
 * Then an open transaction keeps the only session, so that no other client can write, and everything that has changed
 * since is copied again. The copy is in the state of a killed database: opening it recovers all commits.
 * `whilePaused` runs during the pause.
 *
 * With `databaseUrl` null the database must not be running. Throws AppError `unavailable` when the pause was interrupted.
 */
export async function copyDatabase(
  input: { source: string; target: string; databaseUrl: string | null },
  whilePaused: () => Promise<void>,
): Promise<void> {
  const { source, target, databaseUrl } = input
  if (databaseUrl === null) {
    await copyChanged(source, target, 0)
    await whilePaused()
  } else {
    const startedMs = Date.now()
    await copyChanged(source, target, 0)
    await pauseDatabase(databaseUrl, async () => {
      await copyChanged(source, target, startedMs - clockSlackMs)
      await whilePaused()
    })
  }
  for (const name of await listFiles(target)) await syncPath(path.join(target, name))
}

async function pauseDatabase(connectionString: string, work: () => Promise<void>): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 20_000 })
  let lost: Error | undefined
  client.on('error', (error) => {
    lost = error
  })
  await client.connect()
  try {
    // Moves most changes from the log to the files before the pause, so that the copy opens quickly.
    await client.query('checkpoint')
    await client.query('begin')
    const keepAlive = setInterval(() => {
      client.query('select 1').catch((error: Error) => {
        lost = error
      })
    }, keepAliveMs)
    try {
      await work()
    } finally {
      clearInterval(keepAlive)
    }
    if (lost === undefined) await client.query('commit')
  } catch (error) {
    if (lost === undefined) throw error
  } finally {
    await client.end().catch(() => undefined)
  }
  if (lost !== undefined) {
    throw new AppError(
      'unavailable',
      'The database was restarted during the backup. Start the backup again.',
      {
        reason: 'backup.interrupted',
        cause: lost,
      },
    )
  }
}

/** Makes `target` equal to `source`. Does not copy files again that have not changed since `sinceMs`. */
async function copyChanged(source: string, target: string, sinceMs: number): Promise<void> {
  const names = (await listFiles(source)).filter((name) => name !== 'postmaster.pid')
  const expected = new Set(names)
  for (const name of await listFiles(target)) if (!expected.has(name)) await rm(path.join(target, name))
  await mkdir(target, { recursive: true, mode: 0o700 })
  // Postgres needs its empty folders too.
  for (const folder of await listFolders(source)) {
    await mkdir(path.join(target, folder), { recursive: true, mode: 0o700 })
  }
  for (const name of names) {
    const from = path.join(source, name)
    const to = path.join(target, name)
    try {
      const [now, copy] = await Promise.all([stat(from), stat(to).catch(() => undefined)])
      if (copy?.size === now.size && now.mtimeMs < sinceMs) continue
      await copyFile(from, to, constants.COPYFILE_FICLONE)
    } catch (error) {
      // The database removed the file between the two calls. The pass during the pause sees the final state.
      if (!isMissing(error)) throw error
      await rm(to, { force: true })
    }
  }
}
