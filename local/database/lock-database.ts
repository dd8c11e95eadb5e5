import { join } from 'node:path'
import { LockedError, takeLock } from '../locks/lock-file.mjs'

/**
 * Makes this process the only owner of the folder. Two owners would each see only their own writes and leave
 * files that cannot be opened again. Throws while another owner is alive.
 */
export async function lockDatabase(directory: string): Promise<{ release: () => void }> {
  try {
    return await takeLock(join(directory, 'owner.lock'))
  } catch (cause) {
    if (!(cause instanceof LockedError)) throw cause
    throw new Error(
      `The database in ${directory} is already in use by process ${cause.pid}. Stop that one first, or use another folder.`,
      { cause },
    )
  }
}
