import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type BackupSource, createBackup } from '../../local/backup/create-backup.ts'
import { restoreBackup } from '../../local/backup/restore-backup.ts'
import { openS3, parseS3Address, type S3Place, uploadBackup } from '../../local/backup/s3-backups.ts'
import { lockDataFolder } from '../../local/supervisor/lock-data-folder.ts'
import { readRuntime } from './connect-api.ts'
import { givenPath } from './given-path.ts'

const root = path.resolve(import.meta.dirname, '../..')

interface Cli {
  rest: string[]
  values: { to?: string | undefined; into?: string | undefined }
  print(value: unknown, human: string): void
  required(value: string | undefined, what: string): string
}

/** The commands that copy a data folder of this machine. They use its files, not the API. */
export function backupCommands({ rest, values, print, required }: Cli): Record<string, () => Promise<void>> {
  /** The backup is made and opened on this machine first, in a folder that is removed afterwards. */
  async function backUpToS3(place: S3Place, dataDir: string): Promise<void> {
    const staging = path.join(dataDir, 'backups', '.for-s3')
    const source = await findSource(dataDir)
    try {
      const local = await createBackup(source, { to: staging, reason: 'requested' })
      const backup = await uploadBackup(openS3(place, process.env), local.path)
      print(backup, `Backed up to ${backup.path}`)
    } finally {
      source.release()
      await rm(staging, { recursive: true, force: true })
    }
  }

  return {
    async backup() {
      const dataDir = path.resolve(root, process.env.SELAH_DATA_DIR || '.data')
      const place = parseS3Address(values.to ?? '')
      if (place) return backUpToS3(place, dataDir)
      const to = values.to
        ? givenPath(values.to)
        : path.resolve(root, process.env.SELAH_BACKUP_DIR || path.join(dataDir, 'backups'))
      const source = await findSource(dataDir)
      try {
        const backup = await createBackup(source, { to, reason: 'requested' })
        print(backup, `Backed up to ${backup.path}`)
      } finally {
        source.release()
      }
    },

    async restore() {
      const given = required(rest[0], 'The backup')
      const backup = parseS3Address(given) ? given : givenPath(given)
      const into = givenPath(required(values.into, 'The data folder (--into)'))
      const release = await lockDataFolder(into)
      try {
        const { neededVariables } = await restoreBackup({ backup, into })
        const needed =
          neededVariables.length > 0 ? `\nSet these as before: ${neededVariables.join(', ')}.` : ''
        print({ path: into, neededVariables }, `Restored. Start it with SELAH_DATA_DIR=${into}.${needed}`)
      } finally {
        release()
      }
    },
  }
}

/** Returns the running database, or none after locking the folder, so that Selah cannot start during the copy. */
async function findSource(dataDir: string): Promise<BackupSource & { release: () => void }> {
  const environment = process.env
  if (!existsSync(path.join(dataDir, 'secrets.json'))) {
    throw new Error(`There is no Selah in ${dataDir}. Set SELAH_DATA_DIR to its data folder.`)
  }
  try {
    const release = await lockDataFolder(dataDir)
    return { dataDir, databaseUrl: null, environment, release }
  } catch (cause) {
    const runtime = await readRuntime()
    if (runtime?.databaseUrl === undefined) {
      throw new Error('Selah is starting or stopping. Try again in a moment.', { cause })
    }
    if (runtime.embedded && !runtime.embedded.includes('database')) {
      throw new Error('The database is hosted. Back it up with the tools of its provider, such as pg_dump.')
    }
    return { dataDir, databaseUrl: runtime.databaseUrl, environment, release: () => undefined }
  }
}
