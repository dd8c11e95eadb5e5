import { AppError } from '#lib/errors.ts'

/**
 * So much beyond the limit is still taken in and thrown away. A connection that is closed on somebody who is
 * sending takes the refusal with it.
 */
const DRAINED_BYTES = 8 * 1024 * 1024

/**
 * The body of a request, at most `maxBytes` of it. Throws `too_large` when more arrives, whatever
 * `content-length` claims and without keeping it, so that nobody fills the memory by sending without end,
 * and `bad_request` when less arrives than it says.
 */
export async function readBody(
  request: Request,
  { maxBytes, tooLarge = 'This request is too large.' }: { maxBytes: number; tooLarge?: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const refuse = () => new AppError('too_large', tooLarge)
  const mostBytes = maxBytes + DRAINED_BYTES
  const announcedBytes = Number(request.headers.get('content-length') ?? 0)
  if (announcedBytes > mostBytes) throw refuse()
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  // Not cancelled where it is left early: that would cut the connection before the refusal is sent over it.
  for await (const chunk of request.body?.values({ preventCancel: true }) ?? []) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > mostBytes) throw refuse()
    if (sizeBytes <= maxBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  if (sizeBytes > maxBytes) throw refuse()
  // A client that goes away early leaves a body that only looks empty, and no body can mean another
  // command than the one that was on its way: "publish" instead of "publish on Sunday".
  if (sizeBytes < announcedBytes) {
    throw new AppError('bad_request', 'The request broke off before all of it had arrived. Send it again.')
  }
  const body = new Uint8Array(sizeBytes)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.byteLength
  }
  return body
}
