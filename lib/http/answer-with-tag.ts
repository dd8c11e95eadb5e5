import { createHash } from 'node:crypto'

type Answer = {
  contentType: string
  /** Who may keep it and for how long, as the header `cache-control`. */
  cacheControl: string
  headers?: Record<string, string>
}

/** A strong entity tag of some content. */
export function tagOf(content: string | Uint8Array): string {
  return `"${createHash('sha256').update(content).digest('base64url').slice(0, 27)}"`
}

/** Whether the caller has the content with this tag already. */
export function hasTag(request: Request, tag: string): boolean {
  const known = request.headers.get('if-none-match')
  return known?.split(',').some((entry) => ['*', tag, `W/${tag}`].includes(entry.trim())) ?? false
}

/**
 * Answers GET and HEAD with a body and its tag, or 304 when the caller has it. With `tag` given, `body` is made only
 * when it is sent.
 */
export async function answerWithTag(
  request: Request,
  answer: Answer & ({ body: string } | { tag: string; body: () => Promise<Uint8Array<ArrayBuffer>> }),
): Promise<Response> {
  const tag = 'tag' in answer ? answer.tag : tagOf(answer.body)
  const headers = new Headers({ ...answer.headers, etag: tag, 'cache-control': answer.cacheControl })
  if (hasTag(request, tag)) return new Response(null, { status: 304, headers })
  const bytes = typeof answer.body === 'string' ? new TextEncoder().encode(answer.body) : await answer.body()
  headers.set('content-type', answer.contentType)
  headers.set('content-length', String(bytes.byteLength))
  return new Response(request.method === 'HEAD' ? null : bytes, { headers })
}
