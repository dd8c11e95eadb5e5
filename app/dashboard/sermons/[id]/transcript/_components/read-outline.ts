import * as v from 'valibot'

const outlineSchema = v.array(v.tuple([v.string(), v.nullable(v.string())]))

/** Which paragraphs there are, and who begins to speak with each. */
export type Outline = v.InferOutput<typeof outlineSchema>

/** What was parsed last: typing changes the outline rarely, and reads it with every key. */
let last: { text: string | undefined; outline: Outline } = { text: undefined, outline: [] }

/** Parses a stored outline. A draft that another version of the editor stored may have none: it is then empty. */
export function readOutline(text: string | undefined): Outline {
  if (text !== last.text) last = { text, outline: parseOutline(text) }
  return last.outline
}

function parseOutline(text: string | undefined): Outline {
  try {
    return v.parse(outlineSchema, JSON.parse(text ?? '[]'))
  } catch {
    return []
  }
}
