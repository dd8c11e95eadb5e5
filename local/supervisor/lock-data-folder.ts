import { accessSync, constants, mkdirSync } from 'node:fs'
import path from 'node:path'
import { LockedError, takeLock } from '../locks/lock-file.mjs'
import { ExplainedError } from './explained-error.ts'

/**
 * Locks the data folder for this process, and creates it (readable by its owner only) when it is missing.
 * The lock of a killed process is taken over. Throws an ExplainedError when another process has the lock, or
 * when the folder cannot be used. Resolves with the function that unlocks it.
 */
export async function lockDataFolder(dataDir: string): Promise<() => void> {
  openFolder(dataDir)
  try {
    const lock = await takeLock(path.join(dataDir, 'supervisor.lock'))
    return lock.release
  } catch (cause) {
    if (!(cause instanceof LockedError)) throw cause
    throw new ExplainedError(
      `Selah is already running on the data folder ${dataDir} (process ${cause.pid}). ` +
        'Stop it first, or choose another folder: SELAH_DATA_DIR=<folder> npm start.',
      { cause },
    )
  }
}

const reasons: Record<string, string> = {
  EEXIST: 'a file has that name',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'this user is not allowed to write there',
  EPERM: 'this user is not allowed to write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
}

function openFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new ExplainedError(
      `The data folder ${dataDir} cannot be used: ${reasons[code] ?? `system error ${code}`}. ` +
        'Choose another folder: SELAH_DATA_DIR=<folder> npm start.',
      { cause },
    )
  }
}
