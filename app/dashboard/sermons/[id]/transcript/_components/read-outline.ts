import * as v from 'valibot'

const outlineSchema = v.array(v.tuple([v.string(), v.nullable(v.string())]))

/** Which paragraphs there are, and who begins to speak with each. */
export type Outline = v.InferOutput<typeof outlineSchema>

/** Parses a stored outline. A draft that another version of the editor stored may have none: it is then empty. */
export function readOutline(text: string | undefined): Outline {
  try {
    return v.parse(outlineSchema, JSON.parse(text ?? '[]'))
  } catch {
    return []
  }
}
