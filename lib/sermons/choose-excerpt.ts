import type { SermonTranscriptView } from '#lib/sermons/sermon.ts'

/** Times in milliseconds of the recording, as it is played. */
export type TimeSpan = { startMs: number; endMs: number }

/** Whole sentences of a transcript that follow one another. */
export type Excerpt = TimeSpan & {
  /** Positions of its first and last word in the transcript. */
  firstWord: number
  lastWord: number
  /** Positions in `words` of those that begin a sentence. */
  sentenceStarts: number[]
  words: SermonTranscriptView['words']
  text: string
}

/**
 * The sentences that begin within a span; null where none does. Quote cards and clips are both named by a span, so that
 * their addresses survive corrections of the text, and only this function says which words are in one.
 */
export function chooseExcerpt(
  { words, sentences }: Pick<SermonTranscriptView, 'words' | 'sentences'>,
  { startMs, endMs }: TimeSpan,
): Excerpt | null {
  const beginsAt = (firstWord: number) => words[firstWord]?.[1] ?? -1
  const chosen = sentences.filter(
    ([firstWord]) => beginsAt(firstWord) >= startMs && beginsAt(firstWord) < Math.max(endMs, startMs + 1),
  )
  const [first, last] = [chosen[0], chosen.at(-1)]
  if (!first || !last) return null
  const spoken = words.slice(first[0], last[1] + 1)
  return {
    firstWord: first[0],
    lastWord: last[1],
    sentenceStarts: chosen.map(([firstWord]) => firstWord - first[0]),
    words: spoken,
    text: spoken.map(([text]) => text).join(' '),
    startMs: spoken[0]?.[1] ?? startMs,
    endMs: spoken.at(-1)?.[2] ?? endMs,
  }
}
