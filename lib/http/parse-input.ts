import type { z } from 'zod'
import { AppError } from '#lib/errors.ts'

/** The input of a request as its schema reads it. Throws `bad_request` with the place of the first mistake. */
export function parseInput(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const [issue] = result.error.issues
  // Our own rules say a whole sentence; the parser's words need the place.
  if (issue?.code === 'custom') throw new AppError('bad_request', issue.message, { cause: result.error })
  const where = issue && issue.path.length > 0 ? `“${issue.path.join('.')}”: ` : ''
  const what = `${where}${issue?.message ?? 'it has the wrong format'}`.replace(/(?<![.!?])$/, '.')
  throw new AppError('bad_request', `This request is not valid. ${what}`, { cause: result.error })
}

/** The parts of an address. Throws `not_found`: an address with an id that cannot exist does not exist. */
export function parseParams(schema: z.ZodType, value: unknown): unknown {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new AppError('not_found', 'There is nothing at this address.', { cause: result.error })
}
