import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Shorter data after the sound is not part of the recording. */
const SHORTEST_MS = 500
/** A header that was never finished says 0 or about 4 GB; readers then read to the end of the file by themselves. */
const UNFINISHED_BYTES = 0xffff_0000

/**
 * Whether a WAV file contains more sound than its header says: its recorder lost power after it had written a size, or
 * several files were joined end to end. False for every other file.
 */
export function hasUnlistedSound(inputFile: string): boolean {
  const file = openSync(inputFile, 'r')
  try {
    const { size } = fstatSync(file)
    const read = (offset: number, length: number) => {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
    }
    return findUnlistedBytes(read, size)
  } finally {
    closeSync(file)
  }
}

function findUnlistedBytes(read: (offset: number, length: number) => Buffer, fileBytes: number): boolean {
  const head = read(0, 12)
  if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF') return false
  if (head.toString('latin1', 8, 12) !== 'WAVE') return false
  let bytesPerSecond = 0
  for (let offset = 12; offset + 8 <= fileBytes; ) {
    const header = read(offset, 24)
    if (header.length < 8) return false
    const id = header.toString('latin1', 0, 4)
    const size = header.readUInt32LE(4)
    if (id === 'fmt ' && header.length >= 20) bytesPerSecond = header.readUInt32LE(16)
    const next = offset + 8 + size + (size % 2)
    if (id === 'data') {
      if (size === 0 || size >= UNFINISHED_BYTES || bytesPerSecond === 0) return false
      return (
        fileBytes - next > (bytesPerSecond * SHORTEST_MS) / 1000 && !isChunk(read(next, 8), fileBytes - next)
      )
    }
    offset = next
  }
  return false
}

/** Whether a chunk of metadata begins here: a name of four characters and a size that fits into the file. */
function isChunk(header: Buffer, bytesLeft: number): boolean {
  if (header.length < 8) return false
  const id = header.toString('latin1', 0, 4)
  return id !== 'RIFF' && /^[A-Za-z0-9_ ]{4}$/.test(id) && header.readUInt32LE(4) + 8 <= bytesLeft + 1
}
