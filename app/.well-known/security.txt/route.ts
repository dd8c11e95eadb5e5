import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { renderSecurityText } from '#lib/sharing/render-security-text.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/.well-known/security.txt', {
  /** Whom to inform about a vulnerability (RFC 9116). */
  GET: visitorRoute({}, async ({ services, request }) =>
    answerWithTag(request, {
      body: await renderSecurityText(services, { now: new Date() }),
      contentType: 'text/plain; charset=utf-8',
      cacheControl: 'public, max-age=3600',
    }),
  ),
})
