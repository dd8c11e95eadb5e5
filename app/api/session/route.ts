import { refuseOthers } from '#app/_server/refuse-others.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { paceSignIns } from '#lib/auth/pace-sign-ins.ts'
import { signIn, signInSchema } from '#lib/auth/sign-in.ts'
import { AppError } from '#lib/errors.ts'
import { clientKey } from '#lib/http/client-key.ts'
import { destinationAfter } from '#lib/http/destination-after.ts'
import { readForm } from '#lib/http/read-form.ts'
import { renderError } from '#lib/http/render-error.ts'
import { requireSameOrigin } from '#lib/http/require-same-origin.ts'

const MAX_FORM_BYTES = 64 * 1024

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * Signs in. A form is answered by a redirect, JSON by `{ destination }` or an error. Not made with
 * `route`: that would refresh a session that is ending on the way and undo the new one's cookies.
 */
export async function POST(request: Request): Promise<Response> {
  const wantsJson = request.headers.get('accept')?.includes('application/json') ?? false
  let next = ''
  try {
    requireSameOrigin(request, services().env.SITE_URL)
    const form = await readForm(request, { maxBytes: MAX_FORM_BYTES })
    next = text(form.next)
    const credentials = signInSchema.safeParse(form)
    if (!credentials.success) {
      throw new AppError('bad_request', 'Give both your email and your password.', {
        reason: 'auth.incomplete',
        cause: credentials.error,
      })
    }
    const { session, answerHeaders } = await openSession()
    await paceSignIns(clientKey(request.headers), () => signIn({ session }, credentials.data))
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

export const { DELETE, GET, OPTIONS, PATCH, PUT } = refuseOthers('POST')
