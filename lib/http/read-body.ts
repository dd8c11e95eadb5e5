import { AppError } from '#lib/errors.ts'

/**
 * So many bytes above the limit are still read and discarded: closing the connection while the client sends would
 * lose the error response.
 */
const DRAINED_BYTES = 8 * 1024 * 1024

/**
 * Reads the body of a request. Throws `too_large` when more than `maxBytes` arrive, whatever `content-length` says;
 * the excess is not stored, so an endless request cannot fill the memory. Throws `bad_request` when less arrives
 * than announced.
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
  // The stream is not cancelled when the loop ends early: that would close the connection before the response.
  for await (const chunk of request.body?.values({ preventCancel: true }) ?? []) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > mostBytes) throw refuse()
    if (sizeBytes <= maxBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  if (sizeBytes > maxBytes) throw refuse()
  // A client that disconnects early leaves a body that looks empty, and an empty body can be another command:
  // "publish" instead of "publish on Sunday".
  if (sizeBytes < announcedBytes) {
    throw new AppError(
      'bad_request',
      'The connection closed before the whole request arrived. Send it again.',
    )
  }
  const body = new Uint8Array(sizeBytes)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.byteLength
  }
  return body
}
