import { shortenLine } from '#lib/text/clean-text.ts'
import type { SermonFields } from './sermon-fields.ts'
import { sermonTextLimits } from './sermon-text-limits.ts'

/** Shortens texts that are longer than the server accepts, and returns the names of the shortened fields. */
export function fitFields(fields: SermonFields): {
  fields: SermonFields
  shortened: readonly (keyof SermonFields)[]
} {
  const fitted = { ...fields }
  const shortened: (keyof SermonFields)[] = []
  for (const key of ['title', 'speaker', 'series', 'scripture', 'description'] as const) {
    fitted[key] = shortenLine(fields[key], sermonTextLimits[key])
    if (fitted[key] !== fields[key]) shortened.push(key)
  }
  return { fields: fitted, shortened }
}
