import { hashedPartBytes } from '#lib/sermons/hashed-part-bytes.ts'

/** Identifies a file without reading all of it. Stored with an unfinished upload. */
export type FileIdentity = {
  name: string
  sizeBytes: number
  /** Milliseconds since 1970, from the browser. */
  lastModified: number
  /** SHA-256 of the first and of the last part, in hexadecimal; `null` where the browser cannot hash. */
  partHashes: { first: string; last: string } | null
}

async function hashOf(part: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await part.arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Reads the first and the last megabyte of a file. `null` when the file can no longer be read: it was
 * removed, moved or changed after it was chosen.
 */
export async function identifyFile(file: File): Promise<FileIdentity | null> {
  const first = file.slice(0, hashedPartBytes)
  const last = file.slice(Math.max(0, file.size - hashedPartBytes))
  try {
    // Browsers offer hashing on secure pages only; elsewhere reading still shows that the file is there.
    const partHashes =
      crypto.subtle === undefined
        ? await Promise.all([first.arrayBuffer(), last.arrayBuffer()]).then(() => null)
        : { first: await hashOf(first), last: await hashOf(last) }
    return { name: file.name, sizeBytes: file.size, lastModified: file.lastModified, partHashes }
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}
