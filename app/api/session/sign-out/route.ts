import { refuseOthers } from '#app/_server/refuse-others.ts'
import { services } from '#app/_server/services.ts'
import { openSession } from '#app/_server/session.ts'
import { renderError } from '#lib/http/render-error.ts'
import { requireSameOrigin } from '#lib/http/require-same-origin.ts'

/** Ends the session of this browser; only by POST, so that no link or picture can do it. */
export async function POST(request: Request): Promise<Response> {
  try {
    requireSameOrigin(request, services().env.SITE_URL)
    const { session, answerHeaders } = await openSession()
    await session.auth.signOut({ scope: 'local' })
    answerHeaders.set('location', '/')
    return new Response(null, { status: 303, headers: answerHeaders })
  } catch (error) {
    return renderError(error)
  }
}

export const { DELETE, GET, OPTIONS, PATCH, PUT } = refuseOthers('POST')
