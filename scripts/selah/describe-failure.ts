import { ZodError } from 'zod'
import { AppError } from '#lib/errors.ts'

/** Describes an error to the person at the terminal and to programs. */
export function describeFailure(error: unknown): { code: string; message: string } {
  if (error instanceof ZodError) {
    return {
      code: 'unexpected_answer',
      message:
        'This command does not understand the response of the server. Check that both have the same version.',
    }
  }
  // As the API names it.
  if (error instanceof AppError) return { code: error.reason, message: error.message }
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed'
  return { code: code.startsWith('ERR_PARSE_ARGS') ? 'bad_arguments' : code, message }
}
