import { z } from 'zod'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { signIn } from '#lib/auth/sign-in.ts'
import { setUpInstallation, setUpSchema } from '#lib/churches/set-up-installation.ts'
import { AppError } from '#lib/errors.ts'
import { renderError } from '#lib/http/render-error.ts'
import { requireSameOrigin } from '#lib/http/require-same-origin.ts'

const bodySchema = setUpSchema.extend({ token: z.string().min(1).max(200) })

/** Makes the first church and its owner from the one-time link, and signs the owner in. */
export async function POST(request: Request): Promise<Response> {
  try {
    requireSameOrigin(request, services().env.SITE_URL)
    const isJson = request.headers.get('content-type')?.includes('application/json') ?? false
    const given: unknown = isJson
      ? await request.json().catch(() => null)
      : Object.fromEntries(await request.formData().catch(() => new FormData()))
    const body = bodySchema.safeParse(given)
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
