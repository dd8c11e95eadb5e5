import { z } from 'zod'
import { refuseOthers } from '#app/_server/refuse-others.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { signIn } from '#lib/auth/sign-in.ts'
import { setUpInstallation, setUpSchema } from '#lib/churches/set-up-installation.ts'
import { AppError } from '#lib/errors.ts'
import { readForm } from '#lib/http/read-form.ts'
import { renderError } from '#lib/http/render-error.ts'
import { requireSameOrigin } from '#lib/http/require-same-origin.ts'

const MAX_FORM_BYTES = 64 * 1024

const bodySchema = setUpSchema.extend({ token: z.string().min(1).max(200) })

/** Makes the first church and its owner from the one-time link, and signs the owner in. */
export async function POST(request: Request): Promise<Response> {
  try {
    requireSameOrigin(request, services().env.SITE_URL)
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
  } catch (error) {
    return renderError(error)
  }
}

export const { DELETE, GET, OPTIONS, PATCH, PUT } = refuseOthers('POST')
