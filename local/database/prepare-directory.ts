import { existsSync } from 'node:fs'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { syncPath } from '../files/sync-path.ts'

const unfinishedMark = 'initialising'
/** A copy of the files of an open database needs this mark too. */
export const openMark = 'open'

export interface PreparedDirectory {
  dataDirectory: string
  /** Call when the database is open, before it serves clients. From then on the files are kept. */
  finish(): Promise<void>
  /** Call when the database is closed and everything is written. */
  close(): Promise<void>
}

/**
 * Makes the folder ready for the database.
 *
 * A first start that was killed while it created the files leaves a mark. No data can be stored at that point, so
 * the files are removed and created again. A database that was not closed leaves another mark: its recovery runs
 * before the embedded Postgres can sync, so `finish` syncs every file. Without that, a power failure after the
 * recovery could lose commits that were acknowledged before it.
 *
 * `sync` waits until a file or folder is on disk. With `isDurable` false, syncs that only a power failure needs are skipped.
 */
export async function prepareDirectory(
  directory: string,
  { isDurable, sync = syncPath }: { isDurable: boolean; sync?: (path: string) => Promise<void> },
): Promise<PreparedDirectory> {
  const dataDirectory = join(directory, 'pgdata')
  const unfinished = join(directory, unfinishedMark)
  const opened = join(directory, openMark)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if (existsSync(unfinished)) await rm(dataDirectory, { recursive: true, force: true })
  if (!existsSync(dataDirectory)) {
    await writeFile(unfinished, 'The database in pgdata is being created for the first time.\n')
    await sync(directory)
    await mkdir(dataDirectory, { mode: 0o700 })
  }
  const wasClosed = !existsSync(opened)
  if (wasClosed) {
    await writeFile(opened, 'The database in pgdata is open, or was not closed.\n')
    if (isDurable) await sync(directory)
  }
  return {
    dataDirectory,
    async finish() {
      const isNew = existsSync(unfinished)
      // A checkpoint syncs only what Postgres itself has changed, not the files that existed before.
      if (isNew || (isDurable && !wasClosed)) await syncTree(dataDirectory, sync)
      if (!isNew) return
      await rm(unfinished)
      // Otherwise a power failure could restore the mark after data has been stored.
      await sync(directory)
    },
    async close() {
      await rm(opened, { force: true })
      if (isDurable) await sync(directory)
    },
  }
}

/** Syncs files first: a file name is useless without its content. */
async function syncTree(directory: string, sync: (path: string) => Promise<void>): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const pathOf = (entry: { parentPath: string; name: string }) => join(entry.parentPath, entry.name)
  await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => sync(pathOf(entry))))
  await Promise.all(entries.filter((entry) => entry.isDirectory()).map((entry) => sync(pathOf(entry))))
  await sync(directory)
}
