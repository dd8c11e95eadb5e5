import type { ByteRange } from './parse-range.ts'

/** Many small parts must not fill the memory with what is kept about each. */
const leastBytes = 16 * 1024

/** Bytes of stored files that were read lately, so that what many listen to is read from disk once. */
export interface RecentParts {
  /** Reads with `read` what is not in memory. A failure is not kept. */
  take(version: string, part: ByteRange, read: () => Promise<Buffer | undefined>): Promise<Buffer | undefined>
  /** Must be called when the file of a version is removed. */
  forget(version: string): void
}

/** Keeps at most `maxBytes`; what was used longest ago is dropped first. The content of a version must never change. */
export function createRecentParts(maxBytes: number): RecentParts {
  const entries = new Map<
    string,
    { version: string; sizeBytes: number; bytes: Promise<Buffer | undefined> }
  >()
  let keptBytes = 0

  const drop = (key: string) => {
    keptBytes -= entries.get(key)?.sizeBytes ?? 0
    entries.delete(key)
  }

  return {
    take(version, { start, end }, read) {
      const key = `${version} ${start}-${end}`
      const known = entries.get(key)
      if (known) {
        entries.delete(key)
        entries.set(key, known)
        return known.bytes
      }
      const bytes = read()
      const entry = { version, sizeBytes: Math.max(leastBytes, end - start + 1), bytes }
      const dropThis = () => {
        if (entries.get(key) === entry) drop(key)
      }
      bytes.then((found) => found ?? dropThis(), dropThis)
      entries.set(key, entry)
      keptBytes += entry.sizeBytes
      for (const oldest of entries.keys()) {
        if (keptBytes <= maxBytes) break
        drop(oldest)
      }
      return bytes
    },
    forget(version) {
      for (const [key, entry] of entries) if (entry.version === version) drop(key)
    },
  }
}
