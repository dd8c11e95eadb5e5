import { ZodError } from 'zod'

/** What went wrong, for the person at the terminal and for programs. */
export function describeFailure(error: unknown): { code: string; message: string } {
  if (error instanceof ZodError) {
    return {
      code: 'unexpected_answer',
      message: 'The server answered something this command does not understand. Are both of one version?',
    }
  }
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'failed'
  return { code: code.startsWith('ERR_PARSE_ARGS') ? 'bad_arguments' : code, message }
}
