import type { SentenceRange, TimedWord } from './sentence-at-time.ts'

const PAUSE_MS = 1100
const FEWEST_SENTENCES = 2
const MOST_SENTENCES = 7
const FULL_WORDS = 85

/**
 * Groups sentences into paragraphs. A paragraph ends at a pause, or when it is full. Returns indexes of sentences;
 * every sentence is in exactly one paragraph, in order.
 */
export function groupParagraphs(
  words: readonly TimedWord[],
  sentences: readonly SentenceRange[],
): number[][] {
  const paragraphs: number[][] = []
  let current: number[] = []
  let length = 0
  sentences.forEach(([first, last], index) => {
    const before = words[first - 1]
    const pauseMs = before ? (words[first]?.[1] ?? 0) - before[2] : 0
    const isFull = current.length >= MOST_SENTENCES || length >= FULL_WORDS
    const isAfterPause = pauseMs >= PAUSE_MS && current.length >= FEWEST_SENTENCES
    if (current.length > 0 && (isFull || isAfterPause)) {
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
