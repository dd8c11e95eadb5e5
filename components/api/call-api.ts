import * as v from 'valibot'
import type { FailureReason } from './failure-reason.ts'

/** A failed call. `status` is `null` without an answer; `sentence` is the server's message for a person. */
export class ApiFailure extends Error {
  readonly status: number | null
  readonly code: string
  readonly sentence: string | null

  constructor(
    status: number | null,
    { code, message }: { code: string; message: string | null },
    options?: { cause: unknown },
  ) {
    super(message ?? code, options)
    this.name = 'ApiFailure'
    this.status = status
    this.code = code
    this.sentence = message
  }
}

const errorSchema = v.object({ error: v.object({ code: v.string(), message: v.string() }) })

/**
 * Calls this installation's own HTTP API from a page. A plain object is sent as JSON, another body unchanged.
 * With `keepalive` the request continues after the page is closed. Returns the parsed JSON, or `null` without a body.
 * Throws `ApiFailure`.
 */
export async function callApi(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: Record<string, unknown> | FormData | Blob | string,
  options: { keepalive?: boolean } = {},
): Promise<unknown> {
  const isJson = typeof body === 'object' && !(body instanceof FormData || body instanceof Blob)
  const response = await fetch(path, {
    ...options,
    method,
    headers: { accept: 'application/json', ...(isJson ? { 'content-type': 'application/json' } : {}) },
    ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
  }).catch((cause: unknown) => {
    throw new ApiFailure(null, { code: 'no_answer', message: null }, { cause })
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer
  throw new ApiFailure(
    response.status,
    v.is(errorSchema, answer) ? answer.error : { code: 'internal', message: null },
  )
}

/** The reason to show for any error that a call can throw. */
export function reasonOf(error: unknown): FailureReason {
  if (!(error instanceof ApiFailure)) return { message: 'callFailed' }
  if (error.sentence !== null) return { sentence: error.sentence }
  return { message: error.status === null ? 'noAnswer' : 'callFailed' }
}
