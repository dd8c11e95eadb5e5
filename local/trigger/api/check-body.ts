import type { z } from 'zod'

import { AppError } from '#lib/errors.ts'

/** Parses a value with a schema. Throws bad_request, naming the invalid fields. */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
  throw new AppError('bad_request', `The request is not valid. ${issues.join('; ')}`)
}
