import { sessionRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { offersSignInLinks } from '#lib/auth/read-auth-settings.ts'
import { linkRequestSchema, requestSignInLink } from '#lib/auth/sign-in-link.ts'
import { AppError } from '#lib/errors.ts'
import { chooseDestination } from '#lib/http/choose-destination.ts'
import { readForm } from '#lib/http/read-form.ts'
import { returnToForm, wantsJson } from '#lib/http/return-to-form.ts'
import { readClientKey } from '#lib/rate-limits/client-key.ts'

const MAX_FORM_BYTES = 64 * 1024
const page = '/sign-in/link'

const redirectTo = (location: string) =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'private, no-store' } })

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/session/link', {
  /** Sends a sign-in link. The answer does not tell whether the address has an account. */
  POST: sessionRoute(async (request) => {
    const form = await readForm(request, { maxBytes: MAX_FORM_BYTES })
    const body = linkRequestSchema.safeParse(form)
    if (!body.success) {
      const [issue] = body.error.issues
      throw new AppError('bad_request', issue?.message ?? 'Enter your email address.', { cause: body.error })
    }
    if (!(await offersSignInLinks(services().env))) {
      throw new AppError('forbidden', 'No sign-in links are sent here.', { reason: 'auth.no_links' })
    }
    await requestSignInLink(services(), {
      email: body.data.email,
      next: chooseDestination(typeof form.next === 'string' ? form.next : '', '/'),
      client: readClientKey(request.headers),
    })
    const sent = `${page}?sent=1`
    return wantsJson(request) ? Response.json({ destination: sent }) : redirectTo(sent)
  }, returnToForm(page)),
})
