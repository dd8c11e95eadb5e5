import type { IncomingMessage } from 'node:http'

export class BodyError extends Error {
  readonly status: 400 | 413
  constructor(status: 400 | 413, message: string) {
    super(message)
    this.name = 'BodyError'
    this.status = status
  }
}

/**
 * The JSON body of a request, `{}` when it is empty. Throws BodyError 413 above `maxBytes` (the rest is
 * thrown away unread) and 400 when it is not JSON.
 */
export async function readJsonBody(req: IncomingMessage, maxBytes = 1024 * 1024): Promise<unknown> {
  if (Number(req.headers['content-length'] ?? 0) > maxBytes) {
    req.resume()
    throw new BodyError(413, 'Request body too large')
  }
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of req) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk))
    sizeBytes += bytes.length
    if (sizeBytes > maxBytes) throw new BodyError(413, 'Request body too large')
    chunks.push(bytes)
  }
  if (sizeBytes === 0) return {}
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new BodyError(400, 'Could not parse request body as JSON')
  }
}
