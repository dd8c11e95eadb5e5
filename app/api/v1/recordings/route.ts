import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { listRecordings, recordingsQuery } from '#lib/listening/list-recordings.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/recordings', {
  /** The present recordings of sermons, and how times of their other recordings lead to them. */
  GET: route({ access: 'public', query: recordingsQuery }, async ({ services, request, actor, query }) => {
    await limitRequest(services, 'feed', findCaller(actor, request.headers))
    return listRecordings(services, { sermonIds: query.sermons })
  }),
})
