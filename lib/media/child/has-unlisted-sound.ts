import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** Shorter data after the sound is not part of the recording. */
const SHORTEST_MS = 500
/** Where the description of the sound is in every file of a recorder. */
const DESCRIBED_BYTES = 65_536

type Read = (offset: number, length: number) => Buffer
/** `isUnlisted`: the sound goes on after its listed end. `otherMs`: a file of another kind of sound is joined to it. */
type Rest = { isUnlisted: boolean; otherMs: number }
const nothing: Rest = { isUnlisted: false, otherMs: 0 }

/**
 * Whether a WAV file contains more sound than its header says: its recorder lost power after it had written a size, or
 * several files were joined end to end. False for every other file.
 */
export function hasUnlistedSound(inputFile: string): boolean {
  return readRest(inputFile).isUnlisted
}

/** The duration of a WAV file that is joined to another one but cannot be read with it, in ms; 0 where there is none. */
export function findOtherSoundMs(inputFile: string): number {
  return readRest(inputFile).otherMs
}

/**
 * Whether the size of the sound was never finished: programs that write into a pipe leave 0, about 2 GB or about 4 GB,
 * and readers then read to the end of the file by themselves.
 */
export function isUnfinishedSize(bytes: number): boolean {
  return bytes === 0 || bytes >= 0xffff_0000 || (bytes >= 0x7fff_0000 && bytes <= 0x8000_0100)
}

function readRest(inputFile: string): Rest {
  const file = openSync(inputFile, 'r')
  try {
    const { size } = fstatSync(file)
    const read: Read = (offset, length) => {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
    }
    const wav = readWav(read, 0, size)
    return wav ? judgeRest(read, wav, size) : nothing
  } finally {
    closeSync(file)
  }
}

/** `end` is null where the size of the sound was never finished. */
type Wav = {
  isLarge: boolean
  description: Buffer
  bytesPerSecond: number
  start: number
  end: number | null
}

/** The WAV file that begins at `start`, or null. */
function readWav(read: Read, start: number, fileBytes: number): Wav | null {
  const head = read(start, 12)
  const form = head.toString('latin1', 0, 4)
  if (!['RIFF', 'RF64', 'BW64'].includes(form) || head.toString('latin1', 8, 12) !== 'WAVE') return null
  let description: Buffer | null = null
  let largeBytes = 0
  for (let offset = start + 12; offset + 8 <= fileBytes; ) {
    const header = read(offset, 24)
    if (header.length < 8) return null
    const id = header.toString('latin1', 0, 4)
    const size = header.readUInt32LE(4)
    if (id === 'ds64' && header.length >= 24) largeBytes = Number(header.readBigUInt64LE(16))
    if (id === 'fmt ' && header.length >= 24) description = header.subarray(8, 24)
    if (id === 'data') {
      const bytesPerSecond = description?.readUInt32LE(8) ?? 0
      if (!description || bytesPerSecond === 0) return null
      const isLarge = form !== 'RIFF'
      const bytes = isLarge && isUnfinishedSize(size) ? largeBytes : size
      const from = offset + 8
      const end = isUnfinishedSize(bytes) && !(isLarge && bytes > 0) ? null : from + bytes + (bytes % 2)
      return { isLarge, description, bytesPerSecond, start: from, end }
    }
    offset += 8 + size + (size % 2)
  }
  return null
}

function judgeRest(read: Read, wav: Wav, fileBytes: number): Rest {
  const { end, isLarge, bytesPerSecond } = wav
  // Readers take the size of a large file as it is written, also 0.
  if (end === null) return { isUnlisted: isLarge, otherMs: 0 }
  for (let offset = end; fileBytes - offset > (bytesPerSecond * SHORTEST_MS) / 1000; ) {
    const next = readWav(read, offset, Math.min(fileBytes, offset + DESCRIBED_BYTES))
    if (next) {
      if (next.description.equals(wav.description)) return { isUnlisted: true, otherMs: 0 }
      return {
        isUnlisted: false,
        otherMs: (((next.end ?? fileBytes) - next.start) / next.bytesPerSecond) * 1000,
      }
    }
    const header = read(offset, 8)
    if (/^(?:ID3|TAG)/.test(header.toString('latin1'))) return nothing
    if (!isChunk(header, fileBytes - offset)) return { isUnlisted: offset === end, otherMs: 0 }
    const size = header.readUInt32LE(4)
    offset += 8 + size + (size % 2)
  }
  return nothing
}

/** Whether a chunk of metadata begins here: a name of four characters and a size that fits into the file. */
function isChunk(header: Buffer, bytesLeft: number): boolean {
  if (header.length < 8) return false
  return (
    /^[A-Za-z0-9_ ]{4}$/.test(header.toString('latin1', 0, 4)) && header.readUInt32LE(4) + 8 <= bytesLeft + 1
  )
}
