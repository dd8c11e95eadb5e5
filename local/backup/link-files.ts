import { mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { isMissing } from '../files/is-missing.ts'
import { linkOrCopy } from '../files/link-or-copy.ts'
import { type BackupFile, listFiles } from './backup-manifest.ts'

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
      const previous = await findPrevious(folder, name)
      await linkOrCopy([path.join(folder.source, name), ...previous], to, `${to}.part`)
    } catch (error) {
      // The object was removed in the meantime.
      if (!isMissing(error)) throw error
    }
  }
}

async function findPrevious({ source, previous }: LinkedFolder, name: string): Promise<string[]> {
  const known = previous?.files.get(name)
  if (previous === null || known === undefined) return []
  const now = await stat(path.join(source, name)).catch(() => undefined)
  if (now?.size !== known.sizeBytes || now.mtimeMs !== known.modifiedMs) return []
  return [path.join(previous.folder, name)]
}
