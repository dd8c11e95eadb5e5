import type { IncomingMessage } from 'node:http'
import getRawBody from 'raw-body'

/** A request body that cannot be used: 400 not JSON or cut short, 413 too large. */
export class BodyError extends Error {
  readonly status: 400 | 413
  constructor(status: 400 | 413, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'BodyError'
    this.status = status
  }
}

/**
 * Reads the JSON body of a request; undefined when it is empty. Throws BodyError 413 above `maxBytes` and 400
 * when it is not JSON or the client left before the end. After an error, read the rest of the body with
 * `drainRequest`.
 */
export async function readJsonBody(req: IncomingMessage, maxBytes = 1024 * 1024): Promise<unknown> {
  const text = await getRawBody(req, {
    length: req.headers['content-length'] ?? null,
    limit: maxBytes,
    encoding: 'utf-8',
  }).catch((cause: unknown) => {
    const isTooLarge = cause instanceof Error && 'status' in cause && cause.status === 413
    throw isTooLarge
      ? new BodyError(413, 'Request body too large', { cause })
      : new BodyError(400, 'Could not read request body', { cause })
  })
  if (text.trim() === '') return undefined
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new BodyError(400, 'Could not parse request body as JSON', { cause })
  }
}
