import { visitorRoute } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { answerWithTag } from '#lib/http/answer-with-tag.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/robots.txt', {
  /** Search engines may read every public page; the sitemap lists them. */
  GET: visitorRoute({}, async ({ services, request }) => {
    const closed = ['/dashboard', '/api/', '/auth/', '/storage/', '/set-up', '/sign-in', '/password']
    const lines = ['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), 'Allow: /']
    const sitemap = new URL('/sitemap.xml', services.env.SITE_URL)
    return answerWithTag(request, {
      body: `${lines.join('\n')}\n\nSitemap: ${sitemap}\n`,
      contentType: 'text/plain; charset=utf-8',
      cacheControl: 'public, max-age=3600',
    })
  }),
})
