import { type Span, trace } from '@opentelemetry/api'

const identified = new WeakSet<object>()

/** Notes that a member caused the span. */
export function markIdentified(span: object): void {
  identified.add(span)
}

/** Whether a member caused the span. */
export function isIdentified(span: object): boolean {
  return identified.has(span)
}

/** Notes that a member sent the request that is being answered. */
export function markRequestIdentified(): void {
  const span: Span | undefined = trace.getActiveSpan()
  if (span) markIdentified(span)
}
