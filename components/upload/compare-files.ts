import type { FileIdentity } from './identify-file.ts'

export type FileDifference = 'name' | 'size' | 'date' | 'content'

/**
 * The first difference between two files, or `null` if they are the same file. Strict, because two recordings of one
 * device can have the same size, date and silence at both ends, and a recording that was edited in place keeps its
 * name and its size. A wrong "different" costs some minutes; a wrong "same" mixes two recordings.
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

/** Whether two files are probably the same recording, also under another name: a question to the user, not a decision. */
export function isSameRecording(one: FileIdentity, other: FileIdentity): boolean {
  if (one.sizeBytes !== other.sizeBytes) return false
  if (!one.partHashes || !other.partHashes) return one.name === other.name
  return one.partHashes.first === other.partHashes.first && one.partHashes.last === other.partHashes.last
}
