import type { SpeakerTurn, WordRange as StoredRange, StoredWord } from '#lib/db/schema/text.ts'
import type { Word, WordRange } from './transcript.ts'

/** Words and sentences of the `transcripts` table in the form that the text functions use. */
export function fromStoredTranscript(stored: {
  words: StoredWord[]
  sentences: StoredRange[]
  speakerTurns: SpeakerTurn[] | null
}): {
  words: Word[]
  sentences: WordRange[]
} {
  const speakerAt = readTurns(stored.speakerTurns)
  return {
    words: stored.words.map(([text, startMs, endMs], position) => {
      const speaker = speakerAt(position)
      return speaker === null ? { text, startMs, endMs } : { text, startMs, endMs, speaker }
    }),
    sentences: stored.sentences.map(([firstWord, lastWord]) => ({ firstWord, lastWord })),
  }
}

/** Who speaks at a position; null where that is not known. */
export function readTurns(turns: readonly SpeakerTurn[] | null): (position: number) => string | null {
  return (position) => turns?.findLast(([first]) => first <= position)?.[1] ?? null
}
