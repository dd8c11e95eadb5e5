import { measurePlausibility } from './measure-plausibility.ts'

const high = Array.from({ length: 128 }, (_, index) => index + 128)
const byteOfLetter = new Map(
  high.flatMap((byte): [string, number][] => [
    [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte],
    [String.fromCharCode(byte), byte],
  ]),
)

/** Repairs UTF-8 that was read as Windows-1252 and saved again ("Weâ€™re" for "We’re"). */
export function repairDoubleEncoding(text: string): string {
  if (!/[\u00c2-\u00f4]/.test(text)) return text
  return text
    .split(/(\s+)/)
    .map((word) => (/[\u00c2-\u00f4][^\0-\x7f]/.test(word) ? repairWord(word) : word))
    .join('')
}

function repairWord(word: string): string {
  if (measurePlausibility(word) === 1) return word
  // The last byte of a closing quotation mark has no letter in Windows-1252 and is often lost.
  const whole = word.replaceAll('â€\ufffd', 'â€\u009d')
  const repaired = whole.replace(/[^\0-\x7f]+/g, (run) => {
    const bytes = Array.from(run, (letter) => byteOfLetter.get(letter))
    if (bytes.some((byte) => byte === undefined)) return run
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (byte) => byte ?? 0))
    } catch {
      return run
    }
  })
  return measurePlausibility(repaired) > measurePlausibility(word) ? repaired : word
}
