import { open } from 'node:fs/promises'

/** Waits until a file, or the names in a folder, are on disk. */
export async function syncPath(target: string): Promise<void> {
  await using handle = await open(target, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some file systems refuse to sync a folder; its files are synced on their own.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'EINVAL' && code !== 'EISDIR') throw error
  }
}
