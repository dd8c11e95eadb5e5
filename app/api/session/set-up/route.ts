import { sessionRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { signIn } from '#lib/auth/sign-in.ts'
import { setUpInstallation, setUpSchema } from '#lib/churches/set-up-installation.ts'
import { AppError } from '#lib/errors.ts'
import { readForm } from '#lib/http/read-form.ts'
import { textKey } from '#lib/text/text-input.ts'

const MAX_FORM_BYTES = 64 * 1024

const bodySchema = setUpSchema.extend({
  token: textKey({ name: 'token', max: 200, required: 'Open the set-up link again.' }),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/session/set-up', {
  /** Creates the first church and its owner from the one-time link, and signs the owner in. */
  POST: sessionRoute(async (request) => {
    const isJson = request.headers.get('content-type')?.includes('application/json') ?? false
    const body = bodySchema.safeParse(await readForm(request, { maxBytes: MAX_FORM_BYTES }))
    if (!body.success) {
      const [issue] = body.error.issues
      throw new AppError('bad_request', issue?.message ?? 'Fill in every field.', { cause: body.error })
    }
    await setUpInstallation(services(), body.data)
    const { session, answerHeaders } = await openSession()
    await signIn({ session }, body.data)
    if (isJson) return Response.json({ destination: '/dashboard' }, { headers: answerHeaders })
    answerHeaders.set('location', '/dashboard')
    return new Response(null, { status: 303, headers: answerHeaders })
  }),
})
