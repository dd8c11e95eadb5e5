import { groupByStarts } from './group-by-starts.ts'

const PAUSE_MS = 1100
const FEWEST_SENTENCES = 2
const MOST_SENTENCES = 7
const FULL_WORDS = 85

/**
 * Groups sentences (`[firstWord, lastWord]`) into paragraphs. A paragraph begins at each of `starts` (positions of
 * words) where the source or a person set them; else it ends at a pause, or when it is full. A turn of a speaker begins
 * one too. Returns indexes of sentences; every sentence is in exactly one paragraph, in order.
 */
export function groupParagraphs(
  words: readonly (readonly [text: string, startMs: number, endMs: number])[],
  sentences: readonly (readonly [firstWord: number, lastWord: number])[],
  starts: readonly number[] | null = null,
  turns: readonly (readonly [firstWord: number, name: string])[] | null = null,
): number[][] {
  const turnStarts = new Set(turns?.map(([first]) => first))
  if (starts) return groupByStarts(sentences, new Set([...starts, ...turnStarts]))
  const paragraphs: number[][] = []
  let current: number[] = []
  let length = 0
  sentences.forEach(([first, last], index) => {
    const before = words[first - 1]
    const pauseMs = before ? (words[first]?.[1] ?? 0) - before[2] : 0
    const isFull = current.length >= MOST_SENTENCES || length >= FULL_WORDS
    const isAfterPause = pauseMs >= PAUSE_MS && current.length >= FEWEST_SENTENCES
    if (current.length > 0 && (isFull || isAfterPause || turnStarts.has(first))) {
      paragraphs.push(current)
      current = []
      length = 0
    }
    current.push(index)
    length += last - first + 1
  })
  if (current.length > 0) paragraphs.push(current)
  return paragraphs
}

/** The positions of the words that begin the paragraphs of `groupParagraphs`. */
export function listParagraphStarts(text: {
  words: readonly (readonly [text: string, startMs: number, endMs: number])[]
  sentences: readonly (readonly [firstWord: number, lastWord: number])[]
  paragraphStarts?: readonly number[] | null
  speakerTurns?: readonly (readonly [firstWord: number, name: string])[] | null
}): number[] {
  const { words, sentences, paragraphStarts = null, speakerTurns = null } = text
  return groupParagraphs(words, sentences, paragraphStarts, speakerTurns).map(
    ([first = 0]) => sentences[first]?.[0] ?? 0,
  )
}
