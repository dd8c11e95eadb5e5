import * as v from 'valibot'

const wordSchema = v.object({
  id: v.string(),
  text: v.string(),
  startMs: v.number(),
  endMs: v.number(),
  confidence: v.nullable(v.number()),
})
const correctionSchema = v.object({
  revision: v.number(),
  draft: v.boolean(),
  reviewed: v.boolean(),
  edits: v.array(v.object({ from: v.string(), to: v.string(), words: v.array(wordSchema) })),
})

/** Parses the answer of the API to corrections of a transcript. Throws if it has another shape. */
export function readCorrection(answer: unknown): v.InferOutput<typeof correctionSchema> {
  return v.parse(correctionSchema, answer)
}
