import type { ApiWord } from '#lib/sermons/to-api-transcript.ts'
import { paragraphElement } from './caret.ts'
import { textOfWords } from './plan-edits.ts'

/** Below this confidence a word of a recogniser is underlined. */
const DOUBTFUL_BELOW = 0.6

export type Paragraph = { key: string; words: readonly ApiWord[] }

export const isDoubtful = ({ confidence }: ApiWord): boolean =>
  confidence !== null && confidence < DOUBTFUL_BELOW

/** The place of one word on the page; null while its paragraph has text that is not saved. */
export function rangeOfWord({ key, words }: Paragraph, index: number): Range | null {
  const node = paragraphElement(key)?.firstChild
  if (!(node instanceof Text) || node.data !== textOfWords(words)) return null
  const start = textOfWords(words.slice(0, index)).length + (index > 0 ? 1 : 0)
  const range = document.createRange()
  range.setStart(node, start)
  range.setEnd(node, start + (words[index]?.text.length ?? 0))
  return range
}

/** Highlights ranges under a name of `globals.css`. Browsers without highlights of text show none. */
export function highlight(name: 'spoken' | 'doubtful', ranges: readonly Range[]): void {
  if (!('highlights' in CSS)) return
  if (ranges.length === 0) CSS.highlights.delete(name)
  else CSS.highlights.set(name, new Highlight(...ranges))
}

/** The word that is spoken at a time; null before the first. Words ascend. */
export function wordAt(
  paragraphs: readonly Paragraph[],
  ms: number,
): { paragraph: Paragraph; index: number } | null {
  const paragraph = paragraphs.findLast(({ words: [first] }) => first !== undefined && first.startMs <= ms)
  if (!paragraph) return null
  return { paragraph, index: paragraph.words.findLastIndex(({ startMs }) => startMs <= ms) }
}
