import { z } from 'zod'
import { AuthError } from './auth-error.ts'

/** An address in the form in which accounts store it. */
export const emailField = z
  .string()
  .trim()
  .toLowerCase()
  .max(255)
  .pipe(z.email('Unable to validate email address: invalid format'))
export const metadataField = z.record(z.string(), z.unknown())
export const passwordField = z.string().min(1).max(1000)

/** Makes a field optional; SDKs send null for an absent value. */
export function orNothing<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined)
}

/** Parses the input. Throws AuthError 400 `validation_failed` with the first problem. */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = issue?.path.join('.')
  throw new AuthError(
    400,
    'validation_failed',
    issue ? `${field ? `${field}: ` : ''}${issue.message}` : 'Invalid input',
  )
}
