import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { openRoute } from '#lib/http/open-route.ts'
import { describeApi } from '#lib/openapi/describe-api.ts'
import { apiRoutes } from './api-routes.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/openapi.json', {
  /** The description of this API (OpenAPI 3.1), for programs that generate a client. */
  GET: openRoute(async () => {
    const siteUrl = services().env.SITE_URL
    return Response.json(describeApi(apiRoutes, { siteUrl }), {
      headers: { 'cache-control': 'public, max-age=300', 'access-control-allow-origin': '*' },
    })
  }),
})
