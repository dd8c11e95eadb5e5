import { transcriptProblem } from './transcript-problem.ts'

export const MAX_TEXT_BYTES = 5_000_000

// PDF, Word and other zipped documents, RTF, old Word.
const documentHeads = ['%PDF', 'PK\x03\x04', '{\\rtf', '\xD0\xCF\x11\xE0']

/**
 * Bytes of an uploaded text file to a string with `\n` line ends: UTF-8, UTF-16 (with or without a byte order
 * mark) and otherwise Windows-1252. Throws AppError transcript.empty, transcript.too_large,
 * transcript.document or transcript.not_text.
 */
export function decodeTextFile(bytes: Uint8Array): string {
  if (bytes.length > MAX_TEXT_BYTES) throw transcriptProblem('transcript.too_large')
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1')
  if (documentHeads.some((start) => head.startsWith(start))) throw transcriptProblem('transcript.document')
  const text = decode(bytes)
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
  if (text.trim() === '') throw transcriptProblem('transcript.empty')
  if (countControls(text) > text.length / 100) throw transcriptProblem('transcript.not_text')
  return removeControls(text)
}

function decode(bytes: Uint8Array): string {
  const encoding = guessUtf16(bytes)
  if (encoding) return new TextDecoder(encoding).decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not UTF-8. Windows-1252 is the older encoding that transcripts still use, and it accepts any byte.
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function guessUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Latin text in UTF-16 has a zero in nearly every second byte, always at even or always at odd positions.
  const sample = bytes.subarray(0, 1000)
  let evenZeros = 0
  let oddZeros = 0
  for (const [index, byte] of sample.entries()) {
    if (byte !== 0) continue
    if (index % 2 === 0) evenZeros += 1
    else oddZeros += 1
  }
  const half = sample.length / 2
  if (half >= 2 && oddZeros > half * 0.7 && evenZeros < half * 0.1) return 'utf-16le'
  if (half >= 2 && evenZeros > half * 0.7 && oddZeros < half * 0.1) return 'utf-16be'
  return null
}

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
