import { type Face, measureText } from './text-outline.ts'

/** A word in a line: its position among all words, and where it begins, in em from the start of the line. */
export type SetWord = { text: string; index: number; xEm: number }
export type SetLine = { words: SetWord[]; widthEm: number }

/** Sets words in lines of at most `widthEm`; null where one word is longer than a line. */
export function setLines(words: readonly string[], widthEm: number, face: Face = 'serif'): SetLine[] | null {
  const spaceEm = measureText(' ', face)
  const lines: SetLine[] = []
  for (const [index, text] of words.entries()) {
    const wordEm = measureText(text, face)
    if (wordEm > widthEm) return null
    const last = lines.at(-1)
    const xEm = last ? last.widthEm + spaceEm : 0
    if (last && xEm + wordEm <= widthEm) {
      last.words.push({ text, index, xEm })
      last.widthEm = xEm + wordEm
    } else lines.push({ words: [{ text, index, xEm: 0 }], widthEm: wordEm })
  }
  return lines
}

/** The largest of `sizes` in which the words fit into a box, and their lines in it; null where none is small enough. */
export function fitLines(
  words: readonly string[],
  box: { width: number; height: number; lineHeight: number; maxLines?: number },
  sizes: readonly number[],
  face: Face = 'serif',
): { size: number; lines: SetLine[] } | null {
  for (const size of sizes) {
    const lines = setLines(words, box.width / size, face)
    if (!lines || lines.length > (box.maxLines ?? Number.POSITIVE_INFINITY)) continue
    if (lines.length * size * box.lineHeight <= box.height) return { size, lines }
  }
  return null
}
