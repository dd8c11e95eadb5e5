import { isLatinWord } from '#lib/text/alphabets.ts'
import { cleanText } from '#lib/text/clean-text.ts'
import { measurePlausibility } from '#lib/text/measure-plausibility.ts'
import { isWindows1252, repairDoubleEncoding } from '#lib/text/repair-double-encoding.ts'

/** Letters that a program lost when it wrote the tag: "????", "Gr?ce", "Gra�ce". "Ready??" is punctuation. */
const lostLetters = /^[?\s]+$|(?<![\p{L}\p{N}\p{P}])\?{2}|\p{L}\?+\p{L}|\ufffd|\p{L}[\u0080-\u009f]/u
/** Signs where another encoding has a letter: "Bo¿a" for "Boża". */
const signsInside = /\p{L}[¿¡¶§¤¦±³¹¼½¾£]\p{L}|(?<!\S)£\p{L}/u
const LEAST_PLAUSIBILITY = 0.7

/** No language writes only accented Latin letters or puts capitals into words: it is another alphabet, misread. */
function isMisread(text: string): boolean {
  const foreign = text.match(/[\u0080-\uffff]/gu) ?? []
  if (foreign.length < 1 || !isWindows1252(text)) return false
  if (foreign.length > 1 && /[\u00c0-\u00ff]/.test(text) && !/[a-z]/i.test(text)) return true
  if (signsInside.test(text)) return true
  const parts = text.split(/[^\p{L}\p{M}]+/u)
  if (parts.some((part) => /[\u00c0-\u024f]/u.test(part) && !isLatinWord(part))) return true
  const words = text.split(/\s+/).filter((word) => /[\u00a0-\uffff]/u.test(word) && /\p{L}/u.test(word))
  return measurePlausibility(words.join(' ')) < LEAST_PLAUSIBILITY
}

/** Repairs a tag and removes control characters; empty if its letters are lost or misread. */
export function readTagText(tag: string | undefined): string {
  const text = repairDoubleEncoding(tag ?? '')
  return lostLetters.test(text) || isMisread(text) ? '' : cleanText(text)
}
