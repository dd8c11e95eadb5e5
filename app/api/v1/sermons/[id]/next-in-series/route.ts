import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { findNextInSeries } from '#lib/sharing/find-next-in-series.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  '/api/v1/sermons/[id]/next-in-series',
  {
    /** What the player plays when a sermon has ended and nothing is queued. */
    GET: route({ access: 'public', params: sermonParams }, async ({ services, request, actor, params }) => {
      await limitRequest(services, 'feed', findCaller(actor, request.headers))
      return findNextInSeries(services, { sermonId: params.id })
    }),
  },
)
