import { AppError } from '#lib/errors.ts'

/** Renders an error as a response: `{"error":{"code","message"}}`. An unexpected error shows no details. */
export function renderError(error: unknown): Response {
  if (error instanceof AppError) {
    const headers = new Headers()
    if (error.code === 'rate_limited') {
      headers.set('retry-after', String(Math.ceil((error.retryAfterMs ?? 30_000) / 1000)))
    }
    return Response.json(
      { error: { code: error.reason === error.code ? error.code : error.reason, message: error.message } },
      { status: error.status, headers },
    )
  }
  console.error('A request failed unexpectedly:', error)
  return Response.json(
    { error: { code: 'internal', message: 'Something went wrong on our side. Try again in a moment.' } },
    { status: 500 },
  )
}
