/** A call that did not succeed. `status` is `null` when no answer came; `message` is fit to be shown. */
export class ApiFailure extends Error {
  readonly status: number | null
  readonly code: string

  constructor(status: number | null, code: string, message: string, options?: { cause: unknown }) {
    super(message, options)
    this.name = 'ApiFailure'
    this.status = status
    this.code = code
  }
}

const noAnswer = 'The connection was lost. Check it, then try again.'
const noSentence = 'That did not work. Try again in a moment.'

function errorOf(body: unknown): { code: string; message: string } {
  if (typeof body === 'object' && body !== null && 'error' in body) {
    const { error } = body
    if (typeof error === 'object' && error !== null && 'message' in error && 'code' in error) {
      return { code: String(error.code), message: String(error.message) }
    }
  }
  return { code: 'internal', message: noSentence }
}

/**
 * Calls this installation's own HTTP API from a page. A plain object is sent as JSON; anything else as
 * it is. With `keepalive` the request outlives its page. Returns the parsed JSON, or `null` where there is none.
 * Throws `ApiFailure`.
 */
export async function callApi(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: Record<string, unknown> | FormData | string,
  options: { keepalive?: boolean } = {},
): Promise<unknown> {
  const isJson = typeof body === 'object' && !(body instanceof FormData)
  const response = await fetch(path, {
    ...options,
    method,
    headers: { accept: 'application/json', ...(isJson ? { 'content-type': 'application/json' } : {}) },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
  }).catch((cause: unknown) => {
    throw new ApiFailure(null, 'no_answer', noAnswer, { cause })
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer
  const { code, message } = errorOf(answer)
  throw new ApiFailure(response.status, code, message)
}

/** The sentence to show for anything a call can throw. */
export function sentenceFor(error: unknown): string {
  return error instanceof ApiFailure ? error.message : noSentence
}
