import { sessionRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { setPassword, setPasswordSchema } from '#lib/churches/set-password.ts'
import { AppError } from '#lib/errors.ts'
import { readForm } from '#lib/http/read-form.ts'

const MAX_FORM_BYTES = 64 * 1024

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/session/password', {
  /** Sets a password with the link of an invitation or a reset, and signs the person in. */
  POST: sessionRoute(async (request) => {
    const isJson = request.headers.get('content-type')?.includes('application/json') ?? false
    const body = setPasswordSchema.safeParse(await readForm(request, { maxBytes: MAX_FORM_BYTES }))
    if (!body.success) {
      const [issue] = body.error.issues
      throw new AppError('bad_request', issue?.message ?? 'Choose a password.', { cause: body.error })
    }
    const { session, answerHeaders } = await openSession()
    await setPassword({ db: services().db, session }, body.data)
    if (isJson) return Response.json({ destination: '/dashboard' }, { headers: answerHeaders })
    answerHeaders.set('location', '/dashboard')
    return new Response(null, { status: 303, headers: answerHeaders })
  }),
})
