import type { WordRange as StoredRange, StoredWord } from '#lib/db/schema/text.ts'
import type { Word, WordRange } from './transcript.ts'

/** Words and sentences of the `transcripts` table in the form that the text functions use. */
export function fromStoredTranscript(stored: { words: StoredWord[]; sentences: StoredRange[] }): {
  words: Word[]
  sentences: WordRange[]
} {
  return {
    words: stored.words.map(([text, startMs, endMs]) => ({ text, startMs, endMs })),
    sentences: stored.sentences.map(([firstWord, lastWord]) => ({ firstWord, lastWord })),
  }
}
