/** Punctuation that people type; other characters among letters suggest a wrong encoding. */
const punctuation = /^[\p{Pd}\p{Pi}\p{Pf}\p{Po}\p{Ps}\p{Pe}\p{Nd}\p{M}$+<>=°€£\s\u200b-\u200f]$/u
const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Thai}/u,
  /\p{Script=Hangul}/u,
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  /\p{L}/u,
]
/** The most common characters of Chinese, simplified and traditional: any real sentence has some of them. */
const commonHan = new Set(
  '的一是不了人我在有他这這为為之大来來以个個中上们們到说說国國和地也子时時道出而要于於就下得可你年生自会會那后後能对對着著事其里裡所去行过過家用天心主神爱愛耶穌稣基督信恩',
)

/**
 * Measures whether a text looks like correctly decoded writing, from 0 to 1: of its words with letters outside ASCII,
 * the share in which alphabet, case and punctuation fit together. 1 if there are no such words.
 */
export function measurePlausibility(text: string): number {
  const words = text.split(/\s+/).filter((word) => /[^\0-\x7f]/.test(word))
  if (words.length === 0) return 1
  return words.reduce((sum, word) => sum + rateWord(word), 0) / words.length
}

function rateWord(word: string): number {
  // A wrong decoder produces half-width Katakana, control characters and replacement characters.
  if (/[\uff61-\uff9f\ufffd\u0080-\u009f\ue000-\uf8ff]/.test(word)) return 0
  const letters = word.match(/[\p{L}\p{M}]/gu) ?? []
  const others = word.match(/[^\p{L}\p{M}]/gu) ?? []
  if (others.some((character) => /[^\0-\x7f]/.test(character) && !punctuation.test(character))) return 0
  const foreign = letters.filter((letter) => /[^\0-\x7f]/.test(letter))
  const script = scripts.find((pattern) => foreign[0] !== undefined && pattern.test(foreign[0]))
  if (script && foreign.some((letter) => !script.test(letter) && !/\p{M}/u.test(letter))) return 0
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)) return rateHan(letters)
  return word.split(/[^\p{L}\p{M}]+/u).every(isCaseUsual) && !hasAccentsOnly(word) ? 1 : 0
}

function rateHan(letters: readonly string[]): number {
  const common = letters.filter((letter) => commonHan.has(letter) || /[\u3040-\u30ff]/.test(letter))
  return 0.5 + Math.min(0.5, (2 * common.length) / Math.max(1, letters.length))
}

/** Lower case, a capital first, or capitals only. */
function isCaseUsual(part: string): boolean {
  return /^(?:\p{Lu}?[^\p{Lu}]*|[^\p{Ll}]*|(?:Mc|Mac|O|De|D|L|Di|Le|La)\p{Lu}\P{Lu}*)$/u.test(part)
}

/** No language writes a whole word in accented Latin letters. */
function hasAccentsOnly(word: string): boolean {
  return /(?<!\p{L})[\u00c0-\u024f]{4,}(?!\p{L})/u.test(word)
}
