import chardet from 'chardet'
import { measurePlausibility } from './measure-plausibility.ts'

/** For encodings that the detector names, the label of the superset that programs really write. */
const labels: Record<string, string> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-5': 'iso-8859-5',
  'ISO-8859-6': 'windows-1256',
  'ISO-8859-7': 'windows-1253',
  'ISO-8859-8': 'windows-1255',
  'ISO-8859-9': 'windows-1254',
  Big5: 'big5',
  'EUC-JP': 'euc-jp',
  'EUC-KR': 'euc-kr',
  GB18030: 'gb18030',
  'KOI8-R': 'koi8-r',
  Shift_JIS: 'shift_jis',
}
/** Tried even if the detector does not name them: it needs more text for some and does not support others. */
const others = ['windows-1252', 'macintosh', 'gb18030', 'big5', 'euc-kr', 'shift_jis', 'windows-874']
const LEAST_PLAUSIBILITY = 0.7
/** The advantage of Windows-1252, by far the most common; in a few words the detector cannot tell it from others. */
const USUAL = 0.15
const SAMPLE_BYTES = 64_000

/**
 * Detects the older encoding of a text that is neither UTF-8 nor UTF-16, as a label for TextDecoder; null if none
 * gives plausible words.
 */
export function detectEncoding(bytes: Uint8Array): string | null {
  const sample = wordsBeyondAscii(bytes)
  const named = new Map(others.map((label) => [label, 0]))
  for (const { name, confidence } of chardet.analyse(sample)) {
    const label = labels[name] ?? name.toLowerCase()
    if (/^(?:windows-125\d|iso-8859-\d|koi8-r|big5|euc-jp|euc-kr|gb18030|shift_jis)$/.test(label)) {
      named.set(label, confidence)
    }
  }
  let best: { label: string; score: number } | null = null
  for (const [label, confidence] of named) {
    const plausibility = measurePlausibility(new TextDecoder(label).decode(sample))
    if (plausibility < LEAST_PLAUSIBILITY) continue
    // The detector compares the frequencies of letters; plausibility only rules encodings out.
    const score = plausibility + confidence / 200 + (label === 'windows-1252' ? USUAL : 0)
    if (!best || score > best.score) best = { label, score }
  }
  return best?.label ?? null
}

/** The words with bytes outside ASCII: in a mostly English file only they show the encoding. */
function wordsBeyondAscii(bytes: Uint8Array): Uint8Array {
  const words: number[] = []
  let word: number[] = []
  let beyond = false
  for (const byte of [...bytes.subarray(0, 4 * SAMPLE_BYTES), 32]) {
    if (byte > 32) {
      word.push(byte)
      beyond ||= byte > 127
      continue
    }
    if (beyond) for (const kept of word) words.push(kept)
    if (beyond) words.push(32)
    word = []
    beyond = false
    if (words.length > SAMPLE_BYTES) break
  }
  return Uint8Array.from(words)
}
