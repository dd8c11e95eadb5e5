import { statfs } from 'node:fs/promises'
import { StorageError } from './storage-error.ts'

export interface DiskSpace {
  /**
   * Throws StorageError `DiskFull` when `bytes` more would leave less than the reserve, which keeps reading, listening
   * and signing in possible while the disk is full.
   */
  require(bytes: number): Promise<void>
}

/** Checks the free space on the disk of a folder. */
export function watchDiskSpace(directory: string, { reserveBytes }: { reserveBytes: number }): DiskSpace {
  return {
    async require(bytes) {
      const { bavail, bsize } = await statfs(directory)
      if (bavail * bsize - bytes < reserveBytes) throw diskFull()
    },
  }
}

/** Replaces the system's error for a full disk with a StorageError; returns other errors unchanged. */
export function explainFullDisk(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOSPC' || code === 'EDQUOT' ? diskFull() : error
}

function diskFull(): StorageError {
  return new StorageError(
    'DiskFull',
    'The disk of this installation is full. Remove something or add space, then upload again.',
  )
}
