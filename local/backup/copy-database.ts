import { constants } from 'node:fs'
import { copyFile, mkdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Client } from 'pg'
import { AppError } from '#lib/errors.ts'
import { isMissing, listFiles, listFolders, syncPath } from './backup-manifest.ts'

/** More often than the database ends a client that keeps others waiting. */
const keepAliveMs = 1_000
/** Clocks of file systems are coarse: a file changed this shortly before it was copied is copied again. */
const clockSlackMs = 2_000

/**
 * Copies the files of the embedded database while it runs. A first pass copies everything without stopping
 * anyone. Then an open transaction holds the only session, so that nothing else can write, and what has changed
 * since is copied again. The copy is what a killed database leaves behind, so opening it recovers all that was
 * committed. `whilePaused` runs within the pause.
 *
 * With `databaseUrl` null nobody may use the database. Throws AppError `unavailable` when the pause was cut short.
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
    // Moves most changes out of the log before the pause, so that opening the copy is quick.
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

/** Makes `target` the same as `source`, trusting copies of files that were not changed since `sinceMs`. */
async function copyChanged(source: string, target: string, sinceMs: number): Promise<void> {
  const names = (await listFiles(source)).filter((name) => name !== 'postmaster.pid')
  const wanted = new Set(names)
  for (const name of await listFiles(target)) if (!wanted.has(name)) await rm(path.join(target, name))
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
      // The database removed it between the two calls; the pass within the pause sees what is left.
      if (!isMissing(error)) throw error
      await rm(to, { force: true })
    }
  }
}
