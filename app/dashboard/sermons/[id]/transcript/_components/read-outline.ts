import { z } from 'zod/mini'

const outlineSchema = z.array(z.tuple([z.string(), z.nullable(z.string())]))

/** Which paragraphs there are, and who begins to speak with each. */
export type Outline = z.infer<typeof outlineSchema>

/** Parses a stored outline. A draft that another version of the editor stored may have none: it is then empty. */
export function readOutline(text: string | undefined): Outline {
  try {
    return outlineSchema.parse(JSON.parse(text ?? '[]'))
  } catch {
    return []
  }
}
