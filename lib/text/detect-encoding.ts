import chardet from 'chardet'
import { encodingsWithAlphabets, fitAlphabet, LEAST_FIT } from './alphabets.ts'
import { measurePlausibility } from './measure-plausibility.ts'

/** For encodings that the detector names, the label of the superset that programs really write. */
const labels: Record<string, string> = {
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'iso-8859-2',
  'ISO-8859-5': 'iso-8859-5',
  'ISO-8859-6': 'iso-8859-6',
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
const others = [...encodingsWithAlphabets, 'gb18030', 'big5', 'euc-kr', 'euc-jp', 'shift_jis']
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
    if (named.has(label)) {
      named.set(label, confidence)
    }
  }
  named.set('iso-8859-15', named.get('windows-1252') ?? 0)
  let best: { label: string; score: number } | null = null
  for (const [label, confidence] of named) {
    const text = new TextDecoder(label).decode(sample)
    // Where an encoding has no letter, it has a control character, which nobody types.
    if (/[\u0080-\u009f]/.test(text)) continue
    const plausibility = measurePlausibility(text)
    const fit = fitAlphabet(text, label)
    if (plausibility < LEAST_PLAUSIBILITY || fit < LEAST_FIT) continue
    // The detector compares the frequencies of letters; the others only rule encodings out.
    const score =
      plausibility + fit + confidence / 200 + (label === 'windows-1252' && plausibility === 1 ? USUAL : 0)
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
