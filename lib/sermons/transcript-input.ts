import { z } from 'zod'
import { textBlock, textKey } from '#lib/text/text-input.ts'

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
    .array(z.object({ from: wordId, to: wordId, text: textBlock({ name: 'corrected text', max: 20_000 }) }))
    .max(2_000)
    .default([]),
  /** The ids of the words that begin a paragraph, as they are before the edits. */
  paragraphStarts: z.array(wordId).max(20_000).optional(),
  /** Marks the transcript as read and correct, or takes the mark back. */
  reviewed: z.boolean().optional(),
})

export const transcriptRestoreSchema = z.object({
  revision: z.number().int().positive(),
  /** The revision to restore. */
  version: z.number().int().positive(),
})

export type TranscriptPatch = z.infer<typeof transcriptPatchSchema>
