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
const hasForeignLetter = /(?![\0-\x7f])\p{L}/u
/** In Thai, some vowels are always before a consonant and others after one; a digit is not inside a word. */
const wrongThai =
  /[\u0e40-\u0e44](?![\u0e01-\u0e2e])|[\u0e50-\u0e59][\u0e01-\u0e4e]|(?<![\u0e01-\u0e2e\u0e47-\u0e4e])[\u0e30\u0e32\u0e33]/u
/** The scripts that are not mixed with Latin letters in a word. */
const alone = new Set(scripts.slice(1, 6))
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
  // Signs that fit say nothing about the letters of other words.
  const rates = words
    .map(rateWord)
    .filter((rate, index) => rate < 1 || hasForeignLetter.test(words[index] ?? ''))
  return rates.length === 0 ? 1 : rates.reduce((sum, rate) => sum + rate, 0) / rates.length
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
  if (script && alone.has(script) && word.split(/[^\p{L}\p{M}]+/u).some((part) => isMixed(part, script)))
    return 0
  if (wrongThai.test(word)) return 0
  // A sign of a vowel is written on the letter before it.
  if (/(?<![\p{L}\p{M}])\p{M}/u.test(word)) return 0
  if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(word)) return rateHan(letters)
  return word.split(/[^\p{L}\p{M}]+/u).every(isCaseUsual) && !hasAccentsOnly(word) ? 1 : 0
}

/** Whether Latin letters are inside a word of another script: of Russian, but not "CD-диск". */
function isMixed(part: string, script: RegExp): boolean {
  return script.test(part) && /[a-z]/i.test(part)
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
