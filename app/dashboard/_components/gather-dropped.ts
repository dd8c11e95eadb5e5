import type { ChosenFile } from '#components/upload/upload-work.ts'

declare global {
  interface DataTransferItem {
    /** Chromium gives a lasting handle with a dropped file, which the types of the DOM do not contain yet. */
    getAsFileSystemHandle?(): Promise<FileSystemHandle | null>
  }
}

/**
 * The files of a drop. Must be called while the drop is handled: the browser empties the list right
 * after. `folders` counts what cannot be uploaded.
 */
export async function gatherDropped(
  transfer: DataTransfer,
): Promise<{ files: ChosenFile[]; folders: number }> {
  let folders = 0
  const waiting: Promise<ChosenFile>[] = []
  for (const item of Array.from(transfer.items)) {
    if (item.kind !== 'file') continue
    if (item.webkitGetAsEntry()?.isDirectory) {
      folders += 1
      continue
    }
    const file = item.getAsFile()
    if (!file) continue
    const handle = item.getAsFileSystemHandle?.().catch(() => null) ?? Promise.resolve(null)
    waiting.push(
      handle.then((found) => ({
        file,
        handle: found && found instanceof FileSystemFileHandle ? found : null,
      })),
    )
  }
  return { files: await Promise.all(waiting), folders }
}
