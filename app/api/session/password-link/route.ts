import { after } from 'next/server'
import { z } from 'zod'
import { sessionRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { limitPasswordLinks, mailPasswordLink } from '#lib/churches/mail-password-link.ts'
import { AppError } from '#lib/errors.ts'
import { readForm } from '#lib/http/read-form.ts'
import { returnToForm, wantsJson } from '#lib/http/return-to-form.ts'
import { findMailer } from '#lib/mail/create-mailer.ts'
import { readClientKey } from '#lib/rate-limits/client-key.ts'

const MAX_FORM_BYTES = 64 * 1024
const bodySchema = z.object({ email: z.email('Enter your email address.').max(254) })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/session/password-link', {
  /**
   * Mails a link for a new password. The answer is the same for every address, and is sent before anything is looked up, so
   * that nobody learns which addresses have an account.
   */
  POST: sessionRoute(async (request) => {
    const form = bodySchema.safeParse(await readForm(request, { maxBytes: MAX_FORM_BYTES }))
    if (!form.success) {
      throw new AppError('bad_request', form.error.issues[0]?.message ?? '', { cause: form.error })
    }
    await limitPasswordLinks(services(), readClientKey(request.headers))
    const sendMail = findMailer(services().env)
    if (!sendMail) {
      throw new AppError('unavailable', 'Selah sends no mail here. Ask the person who runs it for a link.')
    }
    after(() =>
      mailPasswordLink(services(), sendMail, form.data).catch((error: unknown) =>
        console.error('A link for a password could not be mailed:', error),
      ),
    )
    const destination = '/password?sent=1'
    const headers = { 'cache-control': 'private, no-store' }
    if (wantsJson(request)) return Response.json({ destination }, { headers })
    return new Response(null, { status: 303, headers: { ...headers, location: destination } })
  }, returnToForm('/password')),
})
