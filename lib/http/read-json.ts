import { AppError } from '#lib/errors.ts'
import { readBody } from '#lib/http/read-body.ts'

const MAX_JSON_BYTES = 1024 * 1024

/**
 * The JSON body of a request; an empty object without a body. Throws `too_large`, and `bad_request` for a body
 * that is not JSON or is incomplete.
 */
export async function readJson(request: Request): Promise<unknown> {
  const text = new TextDecoder().decode(await readBody(request, { maxBytes: MAX_JSON_BYTES }))
  if (text.trim() === '') return {}
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('bad_request', 'The body is not valid JSON.', { cause })
  }
}
