import { routes } from '#app/_server/routes.ts'
import { services } from '#app/_server/services.ts'
import { openRoute } from '#lib/http/open-route.ts'
import { answerMetrics } from '#lib/telemetry/answer-metrics.ts'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = routes('/api/metrics', {
  /** Metrics in Prometheus' text format, for scrapers that send the configured token, which belongs to no member. */
  GET: openRoute(async (request) => {
    const { db, env } = services()
    return answerMetrics(
      { db, now: () => new Date(), token: env.SELAH_METRICS_TOKEN },
      { authorization: request.headers.get('authorization') },
    )
  }),
})
