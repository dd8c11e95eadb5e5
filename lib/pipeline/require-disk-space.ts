import { statfs } from 'node:fs/promises'
import type { Env } from '#lib/env.ts'
import { AppError } from '#lib/errors.ts'

export const diskFullReason = 'disk.full'

/** The space for the recording, its samples while it is encoded, and its renditions, as multiples of its size. */
const sizesOfWork = 4
const retryAfterMs = 10 * 60_000

/**
 * Throws when the work on a recording of `sizeBytes` would leave less than the reserve on the disk of `folder`. The
 * error is `rate_limited`, so that the work waits and resumes when there is space.
 */
export async function requireDiskSpace(
  { env }: { env: Pick<Env, 'SELAH_DISK_RESERVE_MB'> },
  { folder, sizeBytes }: { folder: string; sizeBytes: number },
): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize - sizesOfWork * sizeBytes >= env.SELAH_DISK_RESERVE_MB * 1024 * 1024) return
  throw new AppError(
    'rate_limited',
    'The disk is full, so processing waits. Remove something or add space; Selah then resumes automatically.',
    { reason: diskFullReason, retryAfterMs },
  )
}
