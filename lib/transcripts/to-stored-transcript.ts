import type { WordRange as StoredRange, StoredWord } from '#lib/db/schema/text.ts'
import type { Transcript } from './transcript.ts'

/** A transcript in the compact form of the `transcripts` table. Per-word confidence is not kept. */
export function toStoredTranscript(transcript: Transcript): {
  source: Transcript['source']
  language: string
  isDraft: boolean
  isApproximate: boolean
  words: StoredWord[]
  sentences: StoredRange[]
} {
  const { source, language, isDraft, timing, words, sentences } = transcript
  return {
    source,
    language,
    isDraft,
    isApproximate: timing === 'approximate',
    words: words.map(({ text, startMs, endMs }) => [text, startMs, endMs]),
    sentences: sentences.map(({ firstWord, lastWord }) => [firstWord, lastWord]),
  }
}
