import type { IncomingMessage } from 'node:http'

/** The W3C trace context a request carries, if it carries one. */
export function readTraceparent({ headers }: IncomingMessage): string | undefined {
  const { traceparent } = headers
  return typeof traceparent === 'string' ? traceparent : undefined
}
