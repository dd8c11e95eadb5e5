import { open, readFile, stat } from 'node:fs/promises'

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

const START_BYTES = 512

/** Reads the first bytes of the given file: 512, or fewer of a shorter one. Throws an explained error. */
export async function readStart(filePath: string): Promise<Uint8Array> {
  return explained(filePath, async () => {
    await using file = await open(filePath)
    const { bytesRead, buffer } = await file.read(new Uint8Array(START_BYTES), 0, START_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  })
}

async function explained<T>(filePath: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    throw new FileProblem(`${reasons[code] ?? `Reading failed (${code}):`} ${filePath}`, { cause })
  }
}
