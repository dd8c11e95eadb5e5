import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const unfinishedMark = 'initialising'

export interface PreparedDirectory {
  dataDirectory: string
  /** Call once the database is open: from here on the files are worth keeping. */
  finish(): Promise<void>
}

/**
 * Makes the folder ready for the database. A first start that was killed while it wrote its files leaves a
 * mark, and nobody can have stored anything yet, so those files are removed and written again.
 */
export async function prepareDirectory(directory: string): Promise<PreparedDirectory> {
  const dataDirectory = join(directory, 'pgdata')
  const mark = join(directory, unfinishedMark)
  await mkdir(directory, { recursive: true, mode: 0o700 })
  if (existsSync(mark)) await rm(dataDirectory, { recursive: true, force: true })
  if (!existsSync(dataDirectory)) {
    await writeFile(mark, 'The database in pgdata is being created for the first time.\n')
    await syncToDisk(directory)
    await mkdir(dataDirectory, { mode: 0o700 })
  }
  return {
    dataDirectory,
    async finish() {
      if (!existsSync(mark)) return
      await syncFiles(dataDirectory)
      await rm(mark)
      // Without this a power failure could bring the mark back after people have stored things.
      await syncToDisk(directory)
    },
  }
}

/** Checkpoints only sync what Postgres itself has changed, which leaves out the files it began with. */
async function syncFiles(directory: string): Promise<void> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  await Promise.all(
    entries.filter((entry) => entry.isFile()).map((entry) => syncToDisk(join(entry.parentPath, entry.name))),
  )
}

async function syncToDisk(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
