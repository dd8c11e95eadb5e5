import { sessionRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { homeOf, readActor } from '#lib/auth/actor.ts'
import { limitSignIns } from '#lib/auth/limit-sign-ins.ts'
import { signInSchema } from '#lib/auth/sign-in.ts'
import { signInWithCode } from '#lib/auth/sign-in-with-code.ts'
import { AppError } from '#lib/errors.ts'
import { chooseDestination } from '#lib/http/choose-destination.ts'
import { readForm } from '#lib/http/read-form.ts'
import { returnToForm, wantsJson } from '#lib/http/return-to-form.ts'
import { readClientKey } from '#lib/rate-limits/client-key.ts'

const MAX_FORM_BYTES = 64 * 1024

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A user who sent a plain form returns to it, and to `next` after signing in. */
const renderFailure = returnToForm('/sign-in')

async function signInWith(form: Record<string, unknown>, request: Request): Promise<Response> {
  const credentials = signInSchema.safeParse(form)
  if (!credentials.success) {
    throw new AppError('bad_request', 'Enter both your email and your password.', {
      reason: 'auth.incomplete',
      cause: credentials.error,
    })
  }
  const { session, answerHeaders } = await openSession({ key: services().env.SUPABASE_SECRET_KEY })
  const attempt = { email: credentials.data.email, client: readClientKey(request.headers) }
  const { userId } = await limitSignIns(services(), attempt, ({ isKnownClient }) =>
    signInWithCode(
      { ...services(), session },
      { ...credentials.data, code: text(form.code) || undefined, isKnownClient },
    ),
  )
  const destination = chooseDestination(text(form.next), homeOf(await readActor(services(), userId)))
  if (wantsJson(request)) return Response.json({ destination }, { headers: answerHeaders })
  answerHeaders.set('location', destination)
  return new Response(null, { status: 303, headers: answerHeaders })
}

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/session', {
  /** Signs in. A form is answered with a redirect, JSON with `{ destination }` or an error. */
  POST: sessionRoute(async (request) => {
    const form = await readForm(request, { maxBytes: MAX_FORM_BYTES })
    const next = chooseDestination(text(form.next), '')
    return signInWith(form, request).catch((error: unknown) =>
      renderFailure(error, request, next ? { next } : {}),
    )
  }, renderFailure),
})
