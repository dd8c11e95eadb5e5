import type { IncomingMessage } from 'node:http'

/** Returns the W3C trace context of a request, or undefined. */
export function readTraceparent({ headers }: IncomingMessage): string | undefined {
  const { traceparent } = headers
  return typeof traceparent === 'string' ? traceparent : undefined
}
