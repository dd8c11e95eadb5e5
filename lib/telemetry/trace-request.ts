import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('selah')
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Answers a request that changes something inside a span named after its `route` (a pattern such as
 * `/api/v1/sermons/[id]`), so that the work it queues belongs to the same trace. Continues the caller's
 * `traceparent`. Requests that only read are not traced.
 */
export async function traceRequest(
  request: Request,
  { route }: { route: string },
  answer: () => Promise<Response>,
): Promise<Response> {
  if (safeMethods.has(request.method)) return answer()
  const parent = propagation.extract(ROOT_CONTEXT, {
    traceparent: request.headers.get('traceparent') ?? undefined,
  })
  const attributes = {
    'http.request.method': request.method,
    'http.route': route,
    'url.path': new URL(request.url).pathname,
  }
  return context.with(parent, () =>
    tracer.startActiveSpan(
      `${request.method} ${route}`,
      { kind: SpanKind.SERVER, attributes },
      async (span) => {
        try {
          const response = await answer()
          span.setAttribute('http.response.status_code', response.status)
          if (response.status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
          return response
        } finally {
          span.end()
        }
      },
    ),
  )
}
