/** Every expected failure has one of these codes; only this table decides the HTTP status. */
export const errorStatus = {
  bad_request: 400,
  not_signed_in: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
  unprocessable: 422,
  rate_limited: 429,
  internal: 500,
  vendor_failed: 502,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof errorStatus

/**
 * A failure we expect and can explain. `message` is shown to a person unchanged: say what happened and
 * what to do. Put the technical reason into `cause`. Any error that is not an AppError is a bug.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  /** A stable, finer-grained name such as `media.no_audio`, for programs and fingerprints. */
  readonly reason: string
  /** The wait that a vendor requested before the next attempt, where it named one. */
  readonly retryAfterMs: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { reason?: string; cause?: unknown; retryAfterMs?: number | undefined } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.reason = options.reason ?? code
    this.retryAfterMs = options.retryAfterMs
  }

  get status(): number {
    return errorStatus[this.code]
  }
}
