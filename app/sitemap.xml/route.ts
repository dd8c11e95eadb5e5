import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { listPublicPages } from '#lib/sharing/list-public-pages.ts'
import { renderSitemap } from '#lib/sharing/render-sitemap.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/sitemap.xml', {
  /** Every public page with the time of its last change. */
  GET: visitorRoute({}, async ({ services, request }) => {
    await limitRequest(services, 'feed', findCaller(null, request.headers))
    return answerWithTag(request, {
      body: renderSitemap(await listPublicPages(services), services.env.SITE_URL),
      contentType: 'application/xml; charset=utf-8',
      cacheControl: 'public, no-cache',
    })
  }),
})
