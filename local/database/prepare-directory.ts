import { existsSync } from 'node:fs'
import { mkdir, open, rm, writeFile } from 'node:fs/promises'
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
    await syncFolder(directory)
    await mkdir(dataDirectory, { mode: 0o700 })
  }
  return {
    dataDirectory,
    async finish() {
      if (!existsSync(mark)) return
      await rm(mark)
      // Without this a power failure could bring the mark back after people have stored things.
      await syncFolder(directory)
    },
  }
}

async function syncFolder(directory: string): Promise<void> {
  const handle = await open(directory)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
