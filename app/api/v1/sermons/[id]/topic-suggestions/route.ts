import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { sermonParams } from '#app/_server/sermon-params.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'
import { suggestTopics } from '#lib/topics/suggest-topics.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes(
  '/api/v1/sermons/[id]/topic-suggestions',
  {
    GET: route(
      { access: 'viewer', params: sermonParams },
      async ({ services, request, member: { churchId, actor }, params }) => {
        await limitRequest(services, 'library', findCaller(actor, request.headers))
        return { topics: await suggestTopics(services, { churchId, sermonId: params.id }) }
      },
    ),
  },
)
