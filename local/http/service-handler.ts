import type { IncomingMessage, ServerResponse } from 'node:http'

/** The client of a request, as far as the front door knows it. */
export interface ClientAddress {
  /** The IP address of the browser. */
  ip: string
  protocol: 'http' | 'https'
  /** Host name with port, as the client addressed it. */
  host: string
}

/** Answers one request below its mount; `path` starts with `/` and is still percent-encoded. */
export type ServiceHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  request: { path: string; query: URLSearchParams; client: ClientAddress },
) => Promise<void>

/** A service that the front door mounts: every request whose path starts with `prefix` goes to `handle`. */
export interface Service {
  prefix: string
  handle: ServiceHandler
}
