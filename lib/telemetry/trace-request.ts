import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('selah')
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Answers a state-changing request inside a span, so that the work it asks for belongs to its trace. A
 * caller's own `traceparent` is carried on. Requests that only read are not traced.
 */
export async function traceRequest(request: Request, answer: () => Promise<Response>): Promise<Response> {
  if (safeMethods.has(request.method)) return answer()
  const parent = propagation.extract(ROOT_CONTEXT, {
    traceparent: request.headers.get('traceparent') ?? undefined,
  })
  const route = new URL(request.url).pathname
  return context.with(parent, () =>
    tracer.startActiveSpan(
      `${request.method} ${route.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}`,
      { kind: SpanKind.SERVER, attributes: { 'http.request.method': request.method, 'url.path': route } },
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
