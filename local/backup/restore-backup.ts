import { constants, existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#lib/errors.ts'
import { syncPath } from '../files/sync-path.ts'
import { type BackupFile, type BackupManifest, hashFile, readManifest } from './backup-manifest.ts'
import { restoredName, restoringName } from './restore-marks.ts'
import { downloadFile, openS3, parseS3Address, readS3Manifest } from './s3-backups.ts'

/** Where a backup is: a folder, or a place in an S3 bucket. */
interface BackupSource {
  manifest: BackupManifest
  copy(file: BackupFile, target: string): Promise<void>
}

/** The file that the caller's lock creates in the folder. */
const ignored = new Set(['supervisor.lock', restoringName])

/**
 * Copies a backup, a folder or `s3://<bucket>/<prefix>/backups/<name>`, into an empty data folder that the caller has locked. Every file is compared with the manifest
 * before any of them is moved into place, so a damaged or incomplete backup leaves the folder empty. A killed restore
 * can be repeated.
 *
 * Resolves with the names of the variables that the installation needs again. Throws AppError.
 */
export async function restoreBackup({
  backup,
  into,
}: {
  backup: string
  into: string
}): Promise<{ neededVariables: string[] }> {
  const { manifest, copy } = await openBackup(backup)
  const staging = path.join(into, restoringName)
  const present = (await readdir(into)).filter((name) => !ignored.has(name))
  if (existsSync(staging)) {
    // These files are from a killed restore: it started in an empty folder, and Selah does not start in it.
    for (const name of present) await rm(path.join(into, name), { recursive: true, force: true })
  } else if (present.length > 0) {
    throw new AppError(
      'conflict',
      `${into} is not empty. Choose a new folder, so that nothing is overwritten.`,
      {
        reason: 'restore.not_empty',
      },
    )
  }
  await rm(staging, { recursive: true, force: true })
  await mkdir(staging, { recursive: true, mode: 0o700 })
  try {
    for (const folder of manifest.folders) {
      await mkdir(path.join(staging, folder), { recursive: true, mode: 0o700 })
    }
    for (const file of manifest.files) {
      const target = path.join(staging, file.path)
      await copy(file, target)
      if ((await hashFile(target)) !== file.sha256) throw damaged(backup, file.path)
      await syncPath(target)
    }
    await writeFile(path.join(staging, restoredName), '')
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error
  }
  for (const name of await readdir(staging)) await rename(path.join(staging, name), path.join(into, name))
  await rm(staging, { recursive: true, force: true })
  await syncPath(into)
  return { neededVariables: manifest.neededVariables }
}

async function openBackup(backup: string): Promise<BackupSource> {
  const place = parseS3Address(backup)
  if (place) {
    const s3 = openS3(place, process.env)
    return { manifest: await readS3Manifest(s3), copy: (file, target) => downloadFile(s3, file, target) }
  }
  return {
    manifest: await readManifest(backup),
    copy: (file, target) =>
      copyFile(path.join(backup, file.path), target, constants.COPYFILE_FICLONE).catch((cause: unknown) => {
        throw damaged(backup, file.path, cause)
      }),
  }
}

function damaged(backup: string, file: string, cause?: unknown): AppError {
  return new AppError(
    'unprocessable',
    `The backup ${backup} is damaged: ${file} differs. Choose another one.`,
    {
      reason: 'restore.damaged',
      cause,
    },
  )
}
