import { fitAlphabet, LEAST_FIT } from '#lib/text/alphabets.ts'
import { detectEncoding } from '#lib/text/detect-encoding.ts'
import { measurePlausibility } from '#lib/text/measure-plausibility.ts'
import { encodeWindows1252, repairDoubleEncoding } from '#lib/text/repair-double-encoding.ts'
import { unheard } from './cue-text.ts'
import { readDocument } from './read-document.ts'
import { transcriptProblem } from './transcript-problem.ts'

export const MAX_TEXT_BYTES = 5_000_000

// PDF, RTF, old Word.
const documentHeads = ['%PDF', '{\\rtf', '\xD0\xCF\x11\xE0']
/** What a program writes for letters that it does not know. */
const lostWord = /^\?{2,}\p{P}?$/u
const MOST_LOST = 0.25
const ZIP_HEAD = 'PK\x03\x04'

/**
 * Decodes an uploaded text file to a string with `\n` line ends: UTF-8 (also with a few wrong bytes), UTF-16 (with or
 * without a byte order mark), an older encoding that gives plausible words, or the text of a Word or OpenDocument file.
 * Throws AppError transcript.empty, transcript.too_large, transcript.document, transcript.encoding or
 * transcript.not_text.
 */
export function decodeTextFile(bytes: Uint8Array): string {
  if (bytes.length > MAX_TEXT_BYTES) throw transcriptProblem('transcript.too_large')
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  const start = head.replace(/^(?:\xef\xbb\xbf)?\s*/, '')
  if (documentHeads.some((known) => start.startsWith(known))) throw transcriptProblem('transcript.document')
  const text = (head.startsWith(ZIP_HEAD) ? readDocument(bytes) : decode(bytes))
    // The mark of an encoding is also in the middle of files that were joined.
    .replaceAll('\ufeff', '')
    .replace(/(?:(?![\n\t])\p{Cc}|\ufffd)+$/u, '')
    .replace(/\r+\n|\r|\u2028|\u2029/g, '\n')
  if (text.trim() === '') throw transcriptProblem('transcript.empty')
  if (countControls(text) > text.length / 100) throw transcriptProblem('transcript.not_text')
  const words = text.split(/\s+/)
  if (words.filter((word) => lostWord.test(word)).length > words.length * MOST_LOST) {
    throw transcriptProblem('transcript.encoding')
  }
  return removeControls(text).replace(unheard, '')
}

function decode(bytes: Uint8Array): string {
  const encoding = guessUtf16(bytes)
  if (encoding) return new TextDecoder(encoding).decode(bytes)
  const utf8 = decodeUtf8(bytes)
  if (utf8 !== null) return repairMisread(repairDoubleEncoding(utf8))
  const older = detectEncoding(bytes)
  if (older) return new TextDecoder(older).decode(bytes)
  // No encoding gives plausible words. The caller reports text with many control characters as no text at all.
  const text = new TextDecoder('windows-1252').decode(bytes)
  if (countControls(text) > text.length / 100) return text
  throw transcriptProblem('transcript.encoding')
}

const MIN_MISREAD = 3

/** Decodes a text of another encoding that was read as Windows-1252 and saved as UTF-8 ("Áëàãîäàòü"). */
function repairMisread(text: string): string {
  const words = text.split(/\s+/).filter((word) => /[\u00a0-\u00ff]/.test(word))
  if (words.length < MIN_MISREAD || fitAlphabet(words.join(' '), 'windows-1252') >= LEAST_FIT) return text
  const bytes = encodeWindows1252(text)
  const encoding = bytes && detectEncoding(bytes)
  return encoding ? new TextDecoder(encoding).decode(bytes) : text
}

/**
 * Decodes UTF-8, even if a few bytes are wrong or the last character is cut off: a wrong byte is read as Windows-1252,
 * the usual source of such bytes. Null if most bytes outside ASCII are not UTF-8.
 */
function decodeUtf8(bytes: Uint8Array): string | null {
  let text = ''
  let right = 0
  let wrong = 0
  let from = 0
  const read = (end: number) => {
    text += new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, end))
  }
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at] ?? 0
    const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2
    if (lead < 0x80) {
      at += 1
    } else if (isUtf8Sequence(bytes, at, length)) {
      right += 1
      at += length
    } else {
      wrong += 1
      read(at)
      // Only a copy that was cut short ends in the middle of a character.
      const isCut = lead >= 0xc2 && at + length > bytes.length && bytes.subarray(at + 1).every(isContinuation)
      if (isCut) wrong -= 1
      if (isCut) return right + wrong === 0 || wrong <= right ? text : null
      text += new TextDecoder('windows-1252').decode(bytes.subarray(at, at + 1))
      at += 1
      from = at
    }
  }
  if (wrong > 0 && (right === 0 || wrong > Math.max(1, right / 4))) return null
  read(bytes.length)
  return text
}

function isUtf8Sequence(bytes: Uint8Array, at: number, length: number): boolean {
  const lead = bytes[at] ?? 0
  const second = bytes[at + 1] ?? 0
  if (lead < 0xc2 || lead > 0xf4 || at + length > bytes.length) return false
  if (!bytes.subarray(at + 1, at + length).every(isContinuation)) return false
  return !(
    (lead === 0xe0 && second < 0xa0) ||
    (lead === 0xed && second > 0x9f) ||
    (lead === 0xf0 && second < 0x90) ||
    (lead === 0xf4 && second > 0x8f)
  )
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0
}

function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Spaces, digits and line ends in UTF-16 have a zero, always at even or always at odd positions.
  const sample = bytes.subarray(0, 4000)
  let evenZeros = 0
  let oddZeros = 0
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue
    if (index % 2 === 0) evenZeros += 1
    else oddZeros += 1
  }
  const least = Math.max(1, sample.length / 40)
  if (oddZeros >= least && evenZeros < oddZeros / 10) return 'utf-16le'
  if (evenZeros >= least && oddZeros < evenZeros / 10) return 'utf-16be'
  return guessWithoutZeros(sample)
}

/** Text with few spaces and digits, as in Chinese: only bytes of control characters show that it is UTF-16. */
function guessWithoutZeros(sample: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (!sample.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return null
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const text = new TextDecoder(encoding).decode(sample.subarray(0, sample.length - (sample.length % 2)))
    const isWriting =
      /^(?:[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff5e]|\p{Script=Thai}|\p{Script=Hangul}|[\p{P}\s])+$/u
    if (isWriting.test(text) && measurePlausibility(text) > MIN_PLAUSIBILITY) return encoding
  }
  return null
}

const MIN_PLAUSIBILITY = 0.5

function isControl(code: number): boolean {
  return (code < 32 && code !== 9 && code !== 10) || (code >= 127 && code < 160) || code === 0xfffd
}

function countControls(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index += 1) if (isControl(text.charCodeAt(index))) count += 1
  return count
}

function removeControls(text: string): string {
  let clean = ''
  let from = 0
  for (let index = 0; index < text.length; index += 1) {
    if (!isControl(text.charCodeAt(index))) continue
    clean += text.slice(from, index)
    from = index + 1
  }
  return clean + text.slice(from)
}
