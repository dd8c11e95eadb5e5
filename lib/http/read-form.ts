import { readBody } from '#lib/http/read-body.ts'

/**
 * The fields of a posted form, sent as a plain form or by script as JSON. Anything else has no fields. Throws
 * `too_large` above `maxBytes`.
 */
export async function readForm(
  request: Request,
  limits: { maxBytes: number; tooLarge?: string },
): Promise<Record<string, unknown>> {
  const contentType = request.headers.get('content-type') ?? ''
  const body = await readBody(request, limits)
  try {
    if (contentType.includes('application/json')) {
      const value: unknown = JSON.parse(new TextDecoder().decode(body))
      return typeof value === 'object' && value !== null ? { ...value } : {}
    }
    return Object.fromEntries(
      await new Response(body, { headers: { 'content-type': contentType } }).formData(),
    )
  } catch {
    return {}
  }
}
