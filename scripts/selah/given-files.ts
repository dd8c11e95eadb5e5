import { readFile, stat } from 'node:fs/promises'

class FileProblem extends Error {
  readonly code = 'file_unreadable'
}

const reasons: Record<string, string> = {
  ENOENT: 'There is no file',
  EACCES: 'This user is not allowed to read',
  EISDIR: 'This is a folder, not a file:',
}

/** Returns the size of the given file in bytes. Throws an explained error when it cannot be read. */
export async function sizeOfGivenFile(filePath: string): Promise<number> {
  const { size, isFolder } = await explained(filePath, async () => {
    const found = await stat(filePath)
    return { size: found.size, isFolder: found.isDirectory() }
  })
  if (isFolder) throw new FileProblem(`${reasons.EISDIR} ${filePath}`)
  return size
}

/** Reads the given file. Throws an explained error when it cannot be read. */
export async function readGivenFile(filePath: string): Promise<Uint8Array> {
  return new Uint8Array(await explained(filePath, () => readFile(filePath)))
}

async function explained<T>(filePath: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new FileProblem(`${reasons[code] ?? `Reading failed (${code}):`} ${filePath}`, { cause })
  }
}
