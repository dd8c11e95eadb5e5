import { sessionRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { openSession } from '#app/_server/session.ts'
import { readForm } from '#lib/http/read-form.ts'

const MAX_FORM_BYTES = 64 * 1024

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/session/sign-out', {
  /** Ends the session of this browser, or every session of the person. Only by POST, so that no link or image can do it. */
  POST: sessionRoute(async (request) => {
    const { everywhere } = await readForm(request, { maxBytes: MAX_FORM_BYTES })
    const { session, answerHeaders } = await openSession()
    await session.auth.signOut({ scope: everywhere === '1' ? 'global' : 'local' })
    answerHeaders.set('location', '/')
    return new Response(null, { status: 303, headers: answerHeaders })
  }),
})
