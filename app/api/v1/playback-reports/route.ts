import { route } from '#app/_server/route.ts'
import { routes } from '#app/_server/routes.ts'
import { playbackReportSchema, storePlaybackReport } from '#lib/listening/playback-reports.ts'
import { findCaller, limitRequest } from '#lib/rate-limits/limit-requests.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/v1/playback-reports', {
  /** How long a player waited for sound. Nothing about the caller is stored. */
  POST: route(
    { access: 'public', body: playbackReportSchema },
    async ({ services, request, actor, body }) => {
      await limitRequest(services, 'playback', findCaller(actor, request.headers))
      const received = await storePlaybackReport(services, body)
      return Response.json({ received }, { status: 202 })
    },
  ),
})
