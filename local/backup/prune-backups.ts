import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type BackupReason, listBackups, partialPrefix } from './backup-manifest.ts'

/** Removes the oldest backups of a kind so that `keep` are left. */
export async function pruneBackups(
  folder: string,
  { reason, keep }: { reason: BackupReason; keep: number },
): Promise<void> {
  const backups = (await listBackups(folder)).filter(({ manifest }) => manifest.reason === reason)
  for (const backup of backups.slice(keep)) {
    // Renamed first: a folder that is half removed must not look like a backup.
    const doomed = path.join(folder, `${partialPrefix}${randomUUID()}`)
    await rename(backup.path, doomed)
    await rm(doomed, { recursive: true, force: true })
  }
}
