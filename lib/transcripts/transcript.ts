import { z } from 'zod'
import { LONGEST_SPEAKER } from './longest-speaker.ts'

/** One spoken word as it is shown, with case and punctuation. Times in ms from the start of the audio. */
export const wordSchema = z.object({
  text: z.string().min(1).max(200),
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().nonnegative(),
  confidence: z.number().min(0).max(1).optional(),
  /** Who says it, where the source names speakers. */
  speaker: z.string().min(1).max(LONGEST_SPEAKER).optional(),
})

/** A run of words, both ends included, as indexes into `words`. */
export const wordRangeSchema = z.object({
  firstWord: z.number().int().nonnegative(),
  lastWord: z.number().int().nonnegative(),
})

export const leftOutSchema = z.object({ text: z.string(), startMs: z.number(), endMs: z.number() })

export const MAX_WORDS = 200_000

export const transcriptSchema = z
  .object({
    source: z.enum(['deepgram', 'speech-model', 'recogniser', 'upload']),
    /** BCP 47, e.g. `en`. */
    language: z.string().min(2).max(35),
    /** True for a machine transcript of low accuracy: always label it as a draft. */
    isDraft: z.boolean(),
    /**
     * `words`: each word was timed. `cues`: timed between the ends of its cue. `approximate`: fitted to the
     * pauses.
     */
    timing: z.enum(['words', 'cues', 'approximate']),
    words: z.array(wordSchema).min(1).max(MAX_WORDS),
    /** Cover all words, in order, without gaps. */
    sentences: z.array(wordRangeSchema).min(1),
    /** The same for paragraphs, if the source has them. */

    paragraphs: z.array(wordRangeSchema).min(1).optional(),
    /** Captions that repeat themselves over silence; not among the words. */
    leftOut: z.array(leftOutSchema).optional(),
  })
  .superRefine((transcript, context) => {
    const complain = (message: string) => context.addIssue({ code: 'custom', message })
    let lastEndMs = 0
    for (const [index, word] of transcript.words.entries()) {
      if (word.startMs < lastEndMs || word.endMs < word.startMs)
        return complain(`word ${index} is out of order`)
      lastEndMs = word.endMs
    }
    const { length } = transcript.words
    if (!tile(transcript.sentences, length)) complain('sentences do not cover the words')
    if (transcript.paragraphs && !tile(transcript.paragraphs, length))
      complain('paragraphs do not cover the words')
  })

export type Word = z.infer<typeof wordSchema>
export type WordRange = z.infer<typeof wordRangeSchema>
export type Transcript = z.infer<typeof transcriptSchema>

function tile(ranges: readonly WordRange[], length: number): boolean {
  let next = 0
  for (const { firstWord, lastWord } of ranges) {
    if (firstWord !== next || lastWord < firstWord) return false
    next = lastWord + 1
  }
  return next === length
}

/** The words of a range as they are shown. */
export function textOfRange(words: readonly Word[], range: WordRange): string {
  return words
    .slice(range.firstWord, range.lastWord + 1)
    .map((word) => word.text)
    .join(' ')
}
