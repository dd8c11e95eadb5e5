import { randomUUID } from 'node:crypto'
import { copyFile, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#lib/errors.ts'
import { openMark } from '../database/prepare-directory.ts'
import { syncPath } from '../files/sync-path.ts'
import { LockedError, takeLock } from '../locks/lock-file.mjs'
import {
  type BackupFile,
  type BackupManifest,
  type BackupReason,
  describeFile,
  listBackups,
  listFiles,
  listFolders,
  manifestName,
  partialPrefix,
} from './backup-manifest.ts'
import { copyDatabase } from './copy-database.ts'
import { type LinkedFolder, linkFiles } from './link-files.ts'
import { verifyBackup } from './verify-backup.ts'

/** Keys of hosted services. An installation that uses them needs them after a restore; a backup must not contain them. */
const serviceKeys = [
  'SUPABASE_SECRET_KEY',
  'TRIGGER_SECRET_KEY',
  'DEEPGRAM_API_KEY',
  'OPENAI_API_KEY',
  'SMTP_URL',
]

export interface BackupSource {
  dataDir: string
  /** The running database of the data folder, or null when Selah is stopped and the caller has locked the folder. */
  databaseUrl: string | null
  environment: Record<string, string | undefined>
}

/**
 * Backs up the data folder into a new folder below `to`: the database at one moment, all stored files
 * that it refers to, and the secrets. Selah keeps running. The backup is opened in a scratch folder before it
 * gets its final name, so a folder with that name is complete and can be restored.
 *
 * Resolves with the path. Throws AppError `conflict` while another backup is being written to the same folder.
 */
export async function createBackup(
  source: BackupSource,
  { to, reason }: { to: string; reason: BackupReason },
): Promise<{ path: string }> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(to)
  try {
    await removePartial(to)
    const createdAt = new Date().toISOString()
    const partial = path.join(to, `${partialPrefix}${randomUUID()}`)
    try {
      await writeBackup(source, { to, partial, createdAt, reason })
      await verifyBackup(partial)
      const final = path.join(to, `selah-${createdAt.replaceAll(/[:.]/g, '-')}-${reason}`)
      await rename(partial, final)
      await syncPath(to)
      return { path: final }
    } catch (error) {
      await rm(partial, { recursive: true, force: true })
      throw error
    }
  } finally {
    lock.release()
  }
}

async function writeBackup(
  { dataDir, databaseUrl, environment }: BackupSource,
  {
    to,
    partial,
    createdAt,
    reason,
  }: { to: string; partial: string; createdAt: string; reason: BackupReason },
): Promise<void> {
  const [last] = await listBackups(to)
  const folders = linkedFolders(dataDir, partial, last)
  await mkdir(partial, { mode: 0o700 })
  for (const folder of folders) await linkFiles(folder)
  await copyDatabase(
    {
      source: path.join(dataDir, 'database/pgdata'),
      target: path.join(partial, 'database/pgdata'),
      databaseUrl,
    },
    // Rows cannot change now, and a file is removed only after its row, so every file that the copy refers to exists.
    async () => {
      for (const folder of folders) await linkFiles(folder)
    },
  )
  // The copy is that of an open database, so it gets the mark of one.
  await writeFile(path.join(partial, 'database', openMark), '')
  await copyFile(path.join(dataDir, 'secrets.json'), path.join(partial, 'secrets.json'))

  const known = new Map(last?.manifest.files.map((file) => [file.path, file]))
  const files: BackupFile[] = []
  for (const name of await listFiles(partial)) {
    // Database files change in place, so only other files may be assumed equal to those of the last backup.
    files.push(await describeFile(partial, name, name.startsWith('database/') ? undefined : known.get(name)))
  }
  await writeManifest(partial, {
    format: 1,
    createdAt,
    reason,
    neededVariables: serviceKeys.filter((name) => environment[name]),
    folders: await listFolders(partial),
    files,
  })
}

function linkedFolders(
  dataDir: string,
  partial: string,
  last: { path: string; manifest: BackupManifest } | undefined,
): LinkedFolder[] {
  const folder = (name: string, pattern: RegExp): LinkedFolder => ({
    source: path.join(dataDir, name),
    target: path.join(partial, name),
    isComplete: (file) => pattern.test(path.basename(file)),
    previous: last
      ? {
          folder: path.join(last.path, name),
          files: new Map(
            last.manifest.files
              .filter((file) => file.path.startsWith(`${name}/`))
              .map((file) => [file.path.slice(name.length + 1), file]),
          ),
        }
      : null,
  })
  return [folder('storage/objects', /^[0-9a-f-]{36}$/), folder('trigger/packets', /^[0-9a-f]{64}$/)]
}

async function writeManifest(partial: string, manifest: BackupManifest): Promise<void> {
  await using file = await open(path.join(partial, manifestName), 'wx', 0o600)
  await file.writeFile(`${JSON.stringify(manifest)}\n`)
  await file.sync()
}

async function lockFolder(to: string) {
  try {
    return await takeLock(path.join(to, 'owner.lock'))
  } catch (cause) {
    if (!(cause instanceof LockedError)) throw cause
    throw new AppError('conflict', `Another backup is being written to ${to}. Wait until it has ended.`, {
      cause,
    })
  }
}

/** Removes what a killed backup has left. Because of the lock, no process is writing it. */
async function removePartial(to: string): Promise<void> {
  for (const name of await readdir(to)) {
    if (name.startsWith(partialPrefix)) await rm(path.join(to, name), { recursive: true, force: true })
  }
}
