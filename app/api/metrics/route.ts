import { refuseOthers } from '#app/_server/refuse-others.ts'
import { services } from '#app/_server/services.ts'
import { renderError } from '#lib/http/render-error.ts'
import { answerMetrics } from '#lib/telemetry/answer-metrics.ts'

export const dynamic = 'force-dynamic'

/** Prometheus' text format, for scrapers that know the token. Not a matter of members, so not of the wrapper. */
export async function GET(request: Request): Promise<Response> {
  try {
    const { db, env } = services()
    return await answerMetrics(
      { db, now: () => new Date(), token: env.SELAH_METRICS_TOKEN },
      { authorization: request.headers.get('authorization') },
    )
  } catch (error) {
    return renderError(error)
  }
}

export const { DELETE, OPTIONS, PATCH, POST, PUT } = refuseOthers('GET')
