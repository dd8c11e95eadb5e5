import type { FileIdentity } from './identify-file.ts'

export type FileDifference = 'name' | 'size' | 'date' | 'content'

/**
 * The first thing that tells two files apart, or `null` when they are the same file. Strict on purpose:
 * two recordings of one device can share size, date, and silence at both ends, and a recording that was
 * edited in place keeps its name and its size. A wrong "different" costs some minutes, a wrong "same"
 * mixes two recordings.
 */
export function compareFiles(begun: FileIdentity, chosen: FileIdentity): FileDifference | null {
  if (begun.name !== chosen.name) return 'name'
  if (begun.sizeBytes !== chosen.sizeBytes) return 'size'
  if (begun.partHashes && chosen.partHashes) {
    if (begun.partHashes.first !== chosen.partHashes.first) return 'content'
    if (begun.partHashes.last !== chosen.partHashes.last) return 'content'
  }
  return begun.lastModified === chosen.lastModified ? null : 'date'
}
