import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Database } from '#lib/db/connect-database.ts'
import { AppError } from '#lib/errors.ts'
import { bearerTokenMatches } from '#lib/telemetry/bearer-token-matches.ts'
import { setJobMetrics } from '#lib/telemetry/job-metrics.ts'
import { readJobFigures } from '#lib/telemetry/read-job-figures.ts'

let ofProcess: Registry | undefined

/**
 * The metrics of this installation in Prometheus' text format, for a scraper that sends `token` as bearer
 * token. Throws `not_found` when no token is configured, so that nothing shows, and `not_signed_in` for any
 * other token or none.
 */
export async function answerMetrics(
  { db, now, token }: { db: Database; now: () => Date; token: string | undefined },
  { authorization }: { authorization: string | null },
): Promise<Response> {
  if (!token) throw new AppError('not_found', 'There is nothing here.')
  if (!bearerTokenMatches(authorization, token)) {
    throw new AppError('not_signed_in', 'Send the token of SELAH_METRICS_TOKEN as a bearer token.')
  }
  const registry = new Registry()
  setJobMetrics(registry, await readJobFigures({ db }, { now: now() }))
  const text = `${await registry.metrics()}\n${await processRegistry().metrics()}`
  return new Response(text, {
    headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' },
  })
}

/** Made at the first scrape: it measures the event loop from then on. */
function processRegistry(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess })
  }
  return ofProcess
}
