import { SpanStatusCode, trace } from '@opentelemetry/api'
import { hrTimeToMilliseconds } from '@opentelemetry/core'
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { isIdentified, markIdentified } from '#lib/telemetry/identified-spans.ts'
import { redactAttributes, redactText } from '#lib/telemetry/redact.ts'
import type { SpanRow, TelemetryStore } from '#lib/telemetry/telemetry-store.ts'

/** The engine's attribute for the run of a span. */
const RUN_ID = '$metadata.ctx.run.id'
/** The engine creates such a span at the start of another, to show it while it runs. */
const IS_PARTIAL = '$span.partial'

const statusNames: Record<SpanStatusCode, string> = {
  [SpanStatusCode.UNSET]: 'unset',
  [SpanStatusCode.OK]: 'ok',
  [SpanStatusCode.ERROR]: 'error',
}

/**
 * Passes every finished span to the store. Nothing here can fail the traced work. With `ofVisitors`, a span counts as
 * anonymous unless its request, or the one around it, was identified.
 */
export function storeSpans(store: TelemetryStore, { ofVisitors = false } = {}): SpanProcessor {
  return {
    onStart(span, parentContext) {
      const parent = trace.getSpan(parentContext)
      if (parent && isIdentified(parent)) markIdentified(span)
    },
    onEnd(span) {
      if (span.attributes[IS_PARTIAL] === true) return
      store.addSpan(toSpanRow(span, ofVisitors && !isIdentified(span)))
    },
    forceFlush: () => store.flush(),
    shutdown: () => store.close(),
  }
}

function toSpanRow(span: ReadableSpan, isAnonymous: boolean): SpanRow {
  const { traceId, spanId } = span.spanContext()
  const runId = span.attributes[RUN_ID]
  const own = Object.entries(span.attributes).filter(([name]) => !name.startsWith('$metadata.'))
  const events = span.events.map(({ name, attributes }) => ({
    name,
    attributes: redactAttributes(attributes ?? {}),
  }))
  return {
    span_id: spanId,
    trace_id: traceId,
    parent_span_id: span.parentSpanContext?.spanId ?? null,
    run_id: typeof runId === 'string' ? runId : null,
    name: redactText(span.name).slice(0, 300),
    status: statusNames[span.status.code],
    started_at: new Date(hrTimeToMilliseconds(span.startTime)).toISOString(),
    duration_ms: Math.round(hrTimeToMilliseconds(span.duration)),
    is_anonymous: isAnonymous,
    attributes: { ...redactAttributes(Object.fromEntries(own)), ...(events.length > 0 ? { events } : {}) },
  }
}
