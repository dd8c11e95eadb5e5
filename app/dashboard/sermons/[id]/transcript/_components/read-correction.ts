import { z } from 'zod/mini'

const wordSchema = z.object({
  id: z.string(),
  text: z.string(),
  startMs: z.number(),
  endMs: z.number(),
  confidence: z.nullable(z.number()),
})
const correctionSchema = z.object({
  revision: z.number(),
  draft: z.boolean(),
  reviewed: z.boolean(),
  edits: z.array(z.object({ from: z.string(), to: z.string(), words: z.array(wordSchema) })),
})

/** Parses the answer of the API to corrections of a transcript. Throws if it has another shape. */
export function readCorrection(answer: unknown): z.infer<typeof correctionSchema> {
  return correctionSchema.parse(answer)
}
