import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { signIn, signInSchema } from '#lib/auth/sign-in.ts'
import { AppError } from '#lib/errors.ts'
import { destinationAfter } from '#lib/http/destination-after.ts'
import { renderError } from '#lib/http/render-error.ts'
import { requireSameOrigin } from '#lib/http/require-same-origin.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The form's fields, from a plain form post or from the script that spares the page a reload. */
async function readForm(request: Request): Promise<Record<string, unknown>> {
  const isJson = request.headers.get('content-type')?.includes('application/json') ?? false
  if (isJson) {
    const body: unknown = await request.json().catch(() => null)
    return typeof body === 'object' && body !== null ? { ...body } : {}
  }
  return Object.fromEntries(await request.formData().catch(() => new FormData()))
}

/**
 * Signs in. A form is answered by a redirect, JSON by `{ destination }` or an error. Not made with
 * `route`: that would refresh a session that is ending on the way and undo the new one's cookies.
 */
export async function POST(request: Request): Promise<Response> {
  const wantsJson = request.headers.get('accept')?.includes('application/json') ?? false
  const form = await readForm(request)
  const next = text(form.next)
  try {
    requireSameOrigin(request, services().env.SITE_URL)
    const credentials = signInSchema.safeParse(form)
    if (!credentials.success) {
      throw new AppError('bad_request', 'Give both your email and your password.', {
        reason: 'auth.incomplete',
        cause: credentials.error,
      })
    }
    const { session, answerHeaders } = await openSession()
    await signIn({ session }, credentials.data)
    const destination = destinationAfter(next)
    if (wantsJson) return Response.json({ destination }, { headers: answerHeaders })
    answerHeaders.set('location', destination)
    return new Response(null, { status: 303, headers: answerHeaders })
  } catch (error) {
    if (wantsJson || !(error instanceof AppError)) return renderError(error)
    const back = new URLSearchParams({ error: error.reason, ...(next ? { next } : {}) })
    return new Response(null, {
      status: 303,
      headers: { location: `/sign-in?${back}`, 'cache-control': 'private, no-store' },
    })
  }
}
