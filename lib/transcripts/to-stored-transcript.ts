import type { LeftOut, SpeakerTurn, WordRange as StoredRange, StoredWord } from '#lib/db/schema/text.ts'
import { splitAtParagraphs } from './correct-words.ts'
import { findParagraphStarts } from './paragraph-starts.ts'
import type { Transcript } from './transcript.ts'

/** A transcript in the compact form of the `transcripts` table. */
export function toStoredTranscript(transcript: Transcript): {
  source: Transcript['source']
  language: string
  isDraft: boolean
  isApproximate: boolean
  words: StoredWord[]
  sentences: StoredRange[]
  confidences: (number | null)[] | null
  paragraphStarts: number[] | null
  leftOut: LeftOut[] | null
  speakerTurns: SpeakerTurn[] | null
} {
  const { source, language, isDraft, timing, words, sentences, paragraphs, leftOut } = transcript
  const paragraphStarts = findParagraphStarts(words, sentences, paragraphs ?? [])
  return {
    source,
    language,
    isDraft,
    isApproximate: timing === 'approximate',
    words: words.map(({ text, startMs, endMs }) => [text, startMs, endMs]),
    sentences: splitAtParagraphs(
      sentences.map(({ firstWord, lastWord }) => [firstWord, lastWord]),
      paragraphStarts ?? [],
    ),
    paragraphStarts,
    confidences: words.some(({ confidence }) => confidence !== undefined)
      ? words.map(({ confidence }) => confidence ?? null)
      : null,
    leftOut: leftOut && leftOut.length > 0 ? leftOut : null,
    speakerTurns: turnsOf(words),
  }
}

/** Where another person begins to speak; null where no speaker is named. */
function turnsOf(words: Transcript['words']): SpeakerTurn[] | null {
  const turns: SpeakerTurn[] = []
  for (const [position, { speaker }] of words.entries()) {
    if (speaker !== undefined && speaker !== turns.at(-1)?.[1]) turns.push([position, speaker])
  }
  return turns.length > 0 ? turns : null
}
