import type { IncomingMessage, ServerResponse } from 'node:http'

/** The client of a request, as the gateway sees it. */
export interface ClientAddress {
  /** The IP address of the browser. */
  ip: string
  protocol: 'http' | 'https'
  /** Host name with port, as the client sent it. */
  host: string
}

/** Answers one request to a service; `path` is below its prefix, starts with `/` and is still percent-encoded. */
export type ServiceHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  request: { path: string; query: URLSearchParams; client: ClientAddress },
) => Promise<void>

/** A service inside the gateway: every request whose path starts with `prefix` goes to `handle`. */
export interface Service {
  prefix: string
  handle: ServiceHandler
}
