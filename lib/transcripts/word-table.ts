import type { transcripts } from '#lib/db/schema.ts'
import type { WordTable } from './correct-words.ts'

type StoredTranscript = Pick<
  typeof transcripts.$inferSelect,
  'words' | 'sentences' | 'wordIds' | 'confidences' | 'paragraphStarts' | 'speakerTurns'
>

/** The words of a stored revision with an id and a confidence each. */
export function toWordTable(row: StoredTranscript): WordTable {
  return {
    words: row.words,
    sentences: row.sentences,
    ids: row.wordIds ?? row.words.map((_, position) => position),
    confidences: row.confidences ?? row.words.map(() => null),
    paragraphStarts: row.paragraphStarts,
    speakerTurns: row.speakerTurns,
  }
}

/** The form of a word's id in the API and in pages. */
export const nameOfWord = (id: number): string => `w${id}`
