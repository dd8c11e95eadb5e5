import { z } from 'zod'
import { textBlock, textKey, textLine } from '#lib/text/text-input.ts'
import { LONGEST_SPEAKER } from '#lib/transcripts/longest-speaker.ts'

const timeMs = z.number().int().nonnegative()

const wordId = textKey({ name: 'word id', max: 10 }).transform((name, context) => {
  if (/^w\d{1,9}$/.test(name)) return Number(name.slice(1))
  context.issues.push({
    code: 'custom',
    message: 'A word id is w and a number, such as w12.',
    input: name,
  })
  return z.NEVER
})

/** Corrections of a transcript. `revision` is the one that they were made on. */
export const transcriptPatchSchema = z.object({
  revision: z.number().int().positive(),
  /** Each replaces the words `from` to `to` by those of `text`; an empty text removes them. */
  edits: z
    .array(
      z.object({
        from: wordId,
        to: wordId,
        text: textBlock({ name: 'corrected text', max: 20_000 }),
        /** When each of the words is spoken, where that is known: after a deletion was taken back. */
        times: z
          .array(z.tuple([timeMs, timeMs]))
          .max(10_000)
          .optional(),
      }),
    )
    .max(20_000)
    .default([]),
  /** The ids of the words that begin a paragraph, as they are before the edits. */
  paragraphStarts: z.array(wordId).max(20_000).optional(),
  /** Who speaks from a word on, until the next one of these; the words are those before the edits. */
  speakers: z
    .array(z.object({ from: wordId, name: textLine({ name: 'speaker', max: LONGEST_SPEAKER }) }))
    .max(20_000)
    .optional(),
  /** Marks the transcript as read and correct, or takes the mark back. */
  reviewed: z.boolean().optional(),
})

export const transcriptRestoreSchema = z.object({
  revision: z.number().int().positive(),
  /** The revision to restore. */
  version: z.number().int().positive(),
})

export type TranscriptPatch = z.infer<typeof transcriptPatchSchema>
