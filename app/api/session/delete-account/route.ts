import { confirmListener } from '#app/_server/form-outcome.ts'
import { sessionRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { readForm } from '#lib/http/read-form.ts'
import { returnToForm, wantsJson } from '#lib/http/return-to-form.ts'
import { deleteListener } from '#lib/listening/delete-listener.ts'

const MAX_FORM_BYTES = 64 * 1024

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/session/delete-account', {
  /** Deletes the account of a listener, who typed its address, and ends every session. */
  POST: sessionRoute(async (request) => {
    const actor = await confirmListener()
    const { email } = await readForm(request, { maxBytes: MAX_FORM_BYTES })
    await deleteListener(services(), { actor, email: typeof email === 'string' ? email : '' })
    const { session, answerHeaders } = await openSession()
    // The account is gone: this only removes the cookies.
    await session.auth.signOut({ scope: 'local' })
    if (wantsJson(request)) return Response.json({ destination: '/' }, { headers: answerHeaders })
    answerHeaders.set('location', '/')
    return new Response(null, { status: 303, headers: answerHeaders })
  }, returnToForm('/account')),
})
