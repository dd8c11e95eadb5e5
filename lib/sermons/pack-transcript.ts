import { listParagraphStarts } from '#lib/transcripts/group-paragraphs.ts'
import { type PackedWords, packWords } from '#lib/transcripts/pack-words.ts'
import type { SermonTranscriptView } from './sermon.ts'

/** A transcript as the server sends it with the page of a sermon. `paragraphStarts` has every paragraph. */
export type PackedTranscript = Omit<SermonTranscriptView, 'words' | 'paragraphStarts'> & {
  words: PackedWords
  paragraphStarts: number[]
}

export function packTranscript(transcript: SermonTranscriptView): PackedTranscript {
  return {
    ...transcript,
    words: packWords(transcript.words),
    paragraphStarts: listParagraphStarts(transcript),
  }
}
