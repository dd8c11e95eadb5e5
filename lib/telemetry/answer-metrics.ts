import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import { bearerTokenMatches } from '#lib/telemetry/bearer-token-matches.ts'
import { renderHttpMetrics } from '#lib/telemetry/http-metrics.ts'
import { renderJobMetrics } from '#lib/telemetry/job-metrics.ts'
import { readJobFigures } from '#lib/telemetry/read-job-figures.ts'

let ofProcess: Registry | undefined

/**
 * The metrics of this installation in Prometheus' text format, for a scraper that sends `token` as bearer
 * token. Throws `not_found` when no token is configured, so that the address reveals nothing, and `not_signed_in` for any
 * other token or none.
 */
export async function answerMetrics(
  { db, now, token }: { db: Database; now: () => Date; token: string | undefined },
  { authorization }: { authorization: string | null },
): Promise<Response> {
  if (!token) throw new AppError('not_found', 'There is nothing at this address.')
  if (!bearerTokenMatches(authorization, token)) {
    throw new AppError('not_signed_in', 'Send the value of SELAH_METRICS_TOKEN as a bearer token.')
  }
  const jobs = await renderJobMetrics(await readJobFigures({ db }, { now: now() }))
  const process = processRegistry()
  return new Response([jobs, await renderHttpMetrics(), await process.metrics()].join('\n'), {
    headers: { 'content-type': process.contentType, 'cache-control': 'no-store' },
  })
}

/** Created at the first scrape, from which on it measures the event loop. */
function processRegistry(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess })
    // Gauges with the name of a counter. The same figures by type remain.
    for (const counted of ['handles', 'requests', 'resources']) {
      ofProcess.removeSingleMetric(`nodejs_active_${counted}_total`)
    }
  }
  return ofProcess
}
