import { sessionRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { homeOf, readActor } from '#lib/auth/actor.ts'
import { openLinkSchema, openSignInLink } from '#lib/auth/sign-in-link.ts'
import { AppError } from '#lib/errors.ts'
import { chooseDestination } from '#lib/http/choose-destination.ts'
import { readForm } from '#lib/http/read-form.ts'
import { returnToForm, wantsJson } from '#lib/http/return-to-form.ts'
import { readClientKey } from '#lib/rate-limits/client-key.ts'

const MAX_FORM_BYTES = 64 * 1024

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/session/link/open', {
  /** Signs in with a link. Only by POST: programs that open the links of emails must not use it up. */
  POST: sessionRoute(async (request) => {
    const form = await readForm(request, { maxBytes: MAX_FORM_BYTES })
    const body = openLinkSchema.safeParse(form)
    if (!body.success) {
      throw new AppError('bad_request', 'This link is incomplete. Open it again, or ask for a new one.', {
        reason: 'auth.link_incomplete',
        cause: body.error,
      })
    }
    const { session, answerHeaders } = await openSession({ key: services().env.SUPABASE_SECRET_KEY })
    const link = { ...body.data, client: readClientKey(request.headers) }
    const { userId } = await openSignInLink({ ...services(), session }, link)
    const home = homeOf(await readActor(services(), userId))
    const destination = chooseDestination(typeof form.next === 'string' ? form.next : '', home)
    if (wantsJson(request)) return Response.json({ destination }, { headers: answerHeaders })
    answerHeaders.set('location', destination)
    return new Response(null, { status: 303, headers: answerHeaders })
    // Its page sends a new link.
  }, returnToForm('/sign-in/link')),
})
