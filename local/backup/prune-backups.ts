import { randomUUID } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type BackupReason, listBackups, partialPrefix } from './backup-manifest.ts'

/** Removes the oldest backups with this reason so that `keep` are left. */
export async function pruneBackups(
  folder: string,
  { reason, keep }: { reason: BackupReason; keep: number },
): Promise<void> {
  const backups = (await listBackups(folder)).filter(({ manifest }) => manifest.reason === reason)
  for (const backup of backups.slice(keep)) {
    // Renamed first, so that a partly removed folder does not look like a backup.
    const removed = path.join(folder, `${partialPrefix}${randomUUID()}`)
    await rename(backup.path, removed)
    await rm(removed, { recursive: true, force: true })
  }
}
