import { hrTimeToMilliseconds } from '@opentelemetry/core'
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { observeRequest } from '#lib/telemetry/http-metrics.ts'

/** The framework's span around everything it does for one request. */
const REQUEST_SPAN = 'BaseServer.handleRequest'

/** Counts the pages that the framework rendered, from its own spans. API routes are counted by their wrapper. */
export function observePages(): SpanProcessor {
  return {
    onStart() {},
    onEnd({ attributes, duration }) {
      const route = attributes['http.route']
      const method = attributes['http.method']
      const status = attributes['http.status_code']
      if (attributes['next.span_type'] !== REQUEST_SPAN) return
      if (typeof route !== 'string' || route === '/api' || route.startsWith('/api/')) return
      if (typeof method !== 'string' || typeof status !== 'number') return
      observeRequest({ method, route, status, seconds: hrTimeToMilliseconds(duration) / 1000 })
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  }
}
