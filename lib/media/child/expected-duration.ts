import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { findOtherSoundMs, hasUnlistedSound, isUnfinishedSize } from './has-unlisted-sound.ts'
import { readHead } from './read-head.ts'

/**
 * The duration that the headers of the file state, in ms, or null when it is only an estimate from the file
 * size (plain mp3 and aac streams): an estimate cannot show whether the end is missing.
 */
export function findExpectedDuration(inputFile: string, container: string, statedMs: number): number | null {
  if (container === 'wav') {
    if (hasUnlistedSound(inputFile)) return null
    const ownMs = findWavDuration(readHead(inputFile, 65_536))
    return ownMs === null ? null : ownMs + findOtherSoundMs(inputFile)
  }
  if (container === 'aiff' && statedMs > 0) return statedMs + findUnlistedAiffMs(inputFile, statedMs)
  if (container === 'caf')
    return findCafDuration(readHead(inputFile, 65_536)) ?? (statedMs > 0 ? statedMs : null)
  if (statedMs <= 0) return null
  if (['aac', 'ogg', 'amr', 'mpegts'].includes(container)) return null
  if (container === 'mp3')
    return hasFrameCount(readHead(inputFile), (offset) => readHead(inputFile, offset)) ? statedMs : null
  return statedMs
}

/**
 * The duration according to the sizes in a WAV header, in ms. Null when the header was never finished: a recorder that
 * lost power leaves 0 or the greatest number there.
 */
export function findWavDuration(head: Buffer): number | null {
  const form = head.toString('latin1', 0, 4)
  if ((form !== 'RIFF' && form !== 'RF64') || head.toString('latin1', 8, 12) !== 'WAVE') return null
  let bytesPerSecond = 0
  // RF64 is for files above 4 GB: it states the size of its sound in a chunk of its own.
  let largeBytes = 0
  for (let offset = 12; offset + 8 <= head.length; ) {
    const id = head.toString('latin1', offset, offset + 4)
    const size = head.readUInt32LE(offset + 4)
    if (id === 'fmt ' && offset + 20 <= head.length) bytesPerSecond = head.readUInt32LE(offset + 16)
    if (id === 'ds64' && offset + 24 <= head.length) largeBytes = Number(head.readBigUInt64LE(offset + 16))
    if (id === 'data') {
      const bytes = !isUnfinishedSize(size) ? size : form === 'RF64' ? largeBytes : 0
      return bytes > 0 && bytesPerSecond > 0 ? (bytes / bytesPerSecond) * 1000 : null
    }
    offset += 8 + size + (size % 2)
  }
  return null
}

/** Shorter data after the sound is not part of the recording. */
const SHORTEST_UNLISTED_MS = 500

/** The duration of what follows the listed sound of an AIFF file and is no chunk of metadata, or another file, in ms. */
function findUnlistedAiffMs(inputFile: string, statedMs: number): number {
  const file = openSync(inputFile, 'r')
  try {
    const { size: fileBytes } = fstatSync(file)
    const header = Buffer.alloc(8)
    let bytesPerMs = 0
    for (let offset = 12; offset + 8 <= fileBytes; ) {
      readSync(file, header, 0, 8, offset)
      const id = header.toString('latin1', 0, 4)
      const size = header.readUInt32BE(4)
      const isChunk = /^[A-Za-z0-9_() ]{4}$/.test(id) && id !== 'FORM' && size <= fileBytes - offset
      if (bytesPerMs > 0 && !isChunk) {
        const restMs = (fileBytes - offset) / bytesPerMs
        return restMs > SHORTEST_UNLISTED_MS ? restMs : 0
      }
      if (id === 'SSND') bytesPerMs = size / statedMs
      offset += 8 + size + (size % 2)
    }
    return 0
  } finally {
    closeSync(file)
  }
}

/** The duration according to the sizes in the header of a CAF file with uncompressed sound, in ms, or null. */
export function findCafDuration(head: Buffer): number | null {
  if (head.toString('latin1', 0, 4) !== 'caff') return null
  let bytesPerSecond = 0
  for (let offset = 8; offset + 12 <= head.length; ) {
    const id = head.toString('latin1', offset, offset + 4)
    // Minus one: the recorder did not know it yet.
    const size = Number(head.readBigInt64BE(offset + 4))
    if (
      id === 'desc' &&
      offset + 40 <= head.length &&
      head.toString('latin1', offset + 20, offset + 24) === 'lpcm'
    ) {
      const framesPerPacket = Math.max(1, head.readUInt32BE(offset + 32))
      bytesPerSecond = (head.readDoubleBE(offset + 12) * head.readUInt32BE(offset + 28)) / framesPerPacket
    }
    if (id === 'data') {
      return size > EDIT_COUNT_BYTES && bytesPerSecond > 0
        ? ((size - EDIT_COUNT_BYTES) / bytesPerSecond) * 1000
        : null
    }
    if (size < 0) return null
    offset += 12 + size
  }
  return null
}

/** The first bytes of a CAF data chunk count its edits. */
const EDIT_COUNT_BYTES = 4

/** Whether an mp3 has a Xing, Info or VBRI header, which counts its frames. */
export function hasFrameCount(head: Buffer, readUpTo: (sizeBytes: number) => Buffer): boolean {
  let start = 0
  if (head.subarray(0, 3).toString('latin1') === 'ID3' && head.length >= 10) {
    const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10)
    start = 10 + ((a & 0x7f) << 21) + ((b & 0x7f) << 14) + ((c & 0x7f) << 7) + (d & 0x7f)
  }
  // A tag with a cover picture is a few MB; a larger tag is not read for this.
  if (start > 16_000_000) return false
  const frame = (start + 200 <= head.length ? head : readUpTo(start + 4096)).subarray(start, start + 4096)
  const text = frame.subarray(0, 200).toString('latin1')
  return text.includes('Xing') || text.includes('Info') || text.includes('VBRI')
}
