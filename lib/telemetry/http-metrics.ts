import { Histogram, Registry } from 'prom-client'

type HttpMetrics = { registry: Registry; seconds: Histogram<'method' | 'route' | 'status'> }

// Kept on the global object, because the server start and the routes are in separate bundles.
declare global {
  var selahHttpMetrics: HttpMetrics | undefined
}

function httpMetrics(): HttpMetrics {
  globalThis.selahHttpMetrics ??= createHttpMetrics()
  return globalThis.selahHttpMetrics
}

function createHttpMetrics(): HttpMetrics {
  const registry = new Registry()
  const seconds = new Histogram({
    name: 'selah_http_request_duration_seconds',
    help: 'Time from a request to the headers of its response (pages: to its end), by route pattern.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  return { registry, seconds }
}

/** Counts one answered request. `route` is a pattern such as `/api/v1/sermons/[id]`, never an address. */
export function observeRequest(request: {
  method: string
  route: string
  status: number
  seconds: number
}): void {
  const { method, route, status, seconds } = request
  httpMetrics().seconds.observe({ method, route, status }, seconds)
}

/** The requests that this process has answered, in Prometheus' text format. */
export function renderHttpMetrics(): Promise<string> {
  return httpMetrics().registry.metrics()
}
