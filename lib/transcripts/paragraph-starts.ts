import { listParagraphStarts } from './group-paragraphs.ts'
import type { Word, WordRange } from './transcript.ts'

/** A longer paragraph is hard to read on a phone; it is divided like a text without paragraphs. */
const LONGEST_WORDS = 300

/**
 * The positions of the words that begin a paragraph of the source, and more of them where a paragraph is very long.
 * Null without at least two paragraphs.
 */
export function findParagraphStarts(
  words: readonly Word[],
  sentences: readonly WordRange[],
  paragraphs: readonly WordRange[],
): number[] | null {
  if (paragraphs.length < 2) return null
  const timed = words.map(({ text, startMs, endMs }) => [text, startMs, endMs] as const)
  return paragraphs.flatMap(({ firstWord, lastWord }) => {
    if (lastWord - firstWord < LONGEST_WORDS) return [firstWord]
    const own = sentences
      .filter((sentence) => sentence.firstWord >= firstWord && sentence.lastWord <= lastWord)
      .map((sentence) => [sentence.firstWord, sentence.lastWord] as const)
    const further = listParagraphStarts({ words: timed, sentences: own })
    return [firstWord, ...further.filter((start) => start > firstWord)]
  })
}
