import { AppError } from '#lib/errors.ts'

/**
 * The body of a request, at most `maxBytes` of it. Throws `too_large` as soon as more arrives, whatever
 * `content-length` claims, so that nobody fills the memory by sending without end.
 */
export async function readBody(
  request: Request,
  { maxBytes, tooLarge = 'This request is too large.' }: { maxBytes: number; tooLarge?: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const refuse = () => new AppError('too_large', tooLarge)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw refuse()
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  // Leaving the loop early cancels the stream.
  for await (const chunk of request.body ?? []) {
    sizeBytes += chunk.byteLength
    if (sizeBytes > maxBytes) throw refuse()
    chunks.push(chunk)
  }
  const body = new Uint8Array(sizeBytes)
  let offset = 0
  for (const chunk of chunks) {
    body.set(chunk, offset)
    offset += chunk.byteLength
  }
  return body
}
