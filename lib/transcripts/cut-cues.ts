import { type Transcript, textOfRange, type WordRange } from './transcript.ts'

const MAX_CUE_WORDS = 16
const MIN_CUE_MS = 1

type TimedLine = { startMs: number; endMs: number; text: string; speaker: string | null }

/** Cuts a transcript into cues that are short enough to read along and do not cross the end of a sentence. */
export function cutCues({ words, sentences }: Pick<Transcript, 'words' | 'sentences'>): TimedLine[] {
  return sentences.flatMap(cutSentence).flatMap((range) => {
    const first = words[range.firstWord]
    const last = words[range.lastWord]
    if (!first || !last) return []
    const endMs = Math.max(last.endMs, first.startMs + MIN_CUE_MS)
    return [
      { startMs: first.startMs, endMs, text: textOfRange(words, range), speaker: first.speaker ?? null },
    ]
  })
}

function cutSentence({ firstWord, lastWord }: WordRange): WordRange[] {
  const length = lastWord - firstWord + 1
  const parts = Math.ceil(length / MAX_CUE_WORDS)
  return Array.from({ length: parts }, (_, index) => ({
    firstWord: firstWord + Math.floor((index * length) / parts),
    lastWord: firstWord + Math.floor(((index + 1) * length) / parts) - 1,
  }))
}
