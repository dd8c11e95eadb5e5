import { constants } from 'node:fs'
import { copyFile, link, mkdir, stat, utimes } from 'node:fs/promises'
import path from 'node:path'
import { type BackupFile, isMissing, listFiles, syncPath } from './backup-manifest.ts'

export interface LinkedFolder {
  source: string
  target: string
  /** True for the names of complete files; others are still being written. */
  isComplete: (name: string) => boolean
  /** The same folder in the last backup, and its files in the manifest. */
  previous: { folder: string; files: Map<string, BackupFile> } | null
}

/**
 * Adds the complete files of a folder that are missing in the backup. Complete files never change, so each is added as
 * a hard link, or, from another disk, as a link to the same file of the last backup, or as a real copy.
 */
export async function linkFiles(folder: LinkedFolder): Promise<void> {
  const present = new Set(await listFiles(folder.target))
  for (const name of await listFiles(folder.source)) {
    if (present.has(name) || !folder.isComplete(name)) continue
    const to = path.join(folder.target, name)
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
    try {
      await linkOrCopy(path.join(folder.source, name), to, await findPrevious(folder, name))
    } catch (error) {
      // The object was removed in the meantime.
      if (!isMissing(error)) throw error
    }
  }
}

async function findPrevious({ source, previous }: LinkedFolder, name: string): Promise<string | null> {
  const known = previous?.files.get(name)
  if (previous === null || known === undefined) return null
  const now = await stat(path.join(source, name)).catch(() => undefined)
  if (now?.size !== known.sizeBytes || now.mtimeMs !== known.modifiedMs) return null
  return path.join(previous.folder, name)
}

async function linkOrCopy(from: string, to: string, previous: string | null): Promise<void> {
  if (await tryLink(from, to)) return
  if (previous !== null && (await tryLink(previous, to))) return
  await copyFile(from, to, constants.COPYFILE_FICLONE)
  const { atime, mtime } = await stat(from)
  await utimes(to, atime, mtime)
  await syncPath(to)
}

/** Returns whether the link was made. It fails on a file system without hard links and across file systems. */
async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(String(code))) return false
    throw error
  }
}
