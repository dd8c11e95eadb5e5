import { measurePlausibility } from './measure-plausibility.ts'

const high = Array.from({ length: 128 }, (_, index) => index + 128)
const byteOfLetter = new Map(
  high.flatMap((byte): [string, number][] => [
    [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte],
    [String.fromCharCode(byte), byte],
  ]),
)

/** Quotation marks, dashes and capitals with accents leave marks that look like usual punctuation after a letter. */
const certain = /â€|[ÂÃ](?=[\u0080-\u00bf\u2013-\u203a\u20ac\u2122])/
const mostTimesEncoded = 3

/** Whether every character of the text also exists in Windows-1252, so that its bytes are known. */
export function isWindows1252(text: string): boolean {
  return [...text].every((letter) => letter < '\x80' || byteOfLetter.has(letter))
}

/** The bytes of a text in Windows-1252; null if it has other characters. */
export function encodeWindows1252(text: string): Uint8Array | null {
  const bytes = Array.from(text, (letter) =>
    letter < '\x80' ? letter.charCodeAt(0) : byteOfLetter.get(letter),
  )
  return bytes.some((byte) => byte === undefined) ? null : Uint8Array.from(bytes, (byte) => byte ?? 0)
}

/** Repairs UTF-8 that was read as Windows-1252 and saved again, once or several times ("Weâ€™re" for "We’re"). */
export function repairDoubleEncoding(text: string): string {
  if (!/[\u00c2-\u00f4]/.test(text)) return text
  return text
    .split(/([ \t\r\n]+)/)
    .map((word) => (/[\u00c2-\u00f4][^\0-\x7f]/.test(word) ? repairWord(word) : word))
    .join('')
}

function repairWord(word: string): string {
  const isShouted = /\p{Lu}{2}/u.test(word) && !/\p{Ll}/u.test(word)
  const isCertain = certain.test(word) && !isShouted
  if (measurePlausibility(word) === 1 && !isCertain) return word
  // The last byte of a closing quotation mark has no letter in Windows-1252 and is often lost.
  let repaired = word.replaceAll('â€\ufffd', 'â€\u009d')
  for (let time = 0; time < mostTimesEncoded; time += 1) {
    repaired = decodeOnce(repaired)
    if (measurePlausibility(repaired) === 1 && !certain.test(repaired)) break
  }
  const gain = measurePlausibility(repaired) - measurePlausibility(word)
  return gain > 0 || (isCertain && gain === 0) ? repaired : word
}

function decodeOnce(word: string): string {
  return word.replace(/[^\0-\x7f]+/g, (run) => {
    const bytes = Array.from(run, (letter) => byteOfLetter.get(letter))
    if (bytes.some((byte) => byte === undefined)) return run
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes, (byte) => byte ?? 0))
    } catch {
      return run
    }
  })
}
