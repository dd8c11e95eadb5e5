import { cleanText } from '#lib/text/clean-text.ts'

/** Letters that a program lost when it wrote the tag: "????", "Gra�ce". */
const lostLetters = /^[?\s]+$|\?{3}|\ufffd/
/** No language writes a whole word in accented Latin letters: it is another alphabet in the wrong encoding. */
const wrongAlphabet = /(?<!\p{L})[\u00c0-\u00ff]{4,}(?!\p{L})/u

/** Repairs UTF-8 that was read as Latin-1 ("GrÃ¢ce" for "Grâce"). */
function readAsUtf8(text: string): string {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf]/.test(text) || /[^\0-\u00ff]/.test(text)) return text
  try {
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return text
  }
}

/** Repairs a tag and removes control characters; empty if its letters are lost. */
export function readTagText(tag: string | undefined): string {
  const text = readAsUtf8(tag ?? '')
  return lostLetters.test(text) || wrongAlphabet.test(text) ? '' : cleanText(text)
}
