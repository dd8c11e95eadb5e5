import { sessionRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { openSession } from '#app/_server/session.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/session/sign-out', {
  /** Ends the session of this browser. Only by POST, so that no link or image can do it. */
  POST: sessionRoute(async () => {
    const { session, answerHeaders } = await openSession()
    await session.auth.signOut({ scope: 'local' })
    answerHeaders.set('location', '/')
    return new Response(null, { status: 303, headers: answerHeaders })
  }),
})
