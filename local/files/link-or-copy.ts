import { constants } from 'node:fs'
import { copyFile, link, rename, rm, stat, utimes } from 'node:fs/promises'
import { syncPath } from './sync-path.ts'

/** What a file system without hard links answers, and a link to another disk. */
const unlinkable = ['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']

/**
 * Gives a file that never changes a second name: a hard link to the first of `sources` that can be linked, otherwise
 * a copy of the first with its times. The copy is written to `temporary`, on the disk of `to`, and then renamed, so
 * `to` is complete or does not exist.
 */
export async function linkOrCopy(
  sources: readonly [string, ...string[]],
  to: string,
  temporary: string,
): Promise<void> {
  for (const source of sources) if (await tryLink(source, to)) return
  const [source] = sources
  try {
    await copyFile(source, temporary, constants.COPYFILE_FICLONE)
    const { atime, mtime } = await stat(source)
    await utimes(temporary, atime, mtime)
    await syncPath(temporary)
    await rename(temporary, to)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Returns whether the link was made. */
async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && unlinkable.includes(String(error.code))) return false
    throw error
  }
}
