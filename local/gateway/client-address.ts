import type { IncomingMessage } from 'node:http'

export interface ClientAddress {
  /** The address of the browser as far as we know it. */
  ip: string
  protocol: 'http' | 'https'
  host: string
}

/**
 * Who is asking. `X-Forwarded-*` is believed only when a reverse proxy of ours stands in front; otherwise
 * anyone could choose their own address and host name.
 */
export function clientAddress(req: IncomingMessage, trustProxy: boolean): ClientAddress {
  const peer = (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  const host = plainHost(req.headers.host) ?? 'localhost'
  if (!trustProxy) return { ip: peer, protocol: 'http', host }
  const hops = listOf(req.headers['x-forwarded-for'])
  return {
    ip: hops.at(-1) ?? peer,
    protocol: listOf(req.headers['x-forwarded-proto']).at(0) === 'https' ? 'https' : 'http',
    host: plainHost(listOf(req.headers['x-forwarded-host']).at(0)) ?? host,
  }
}

function listOf(header: string | string[] | undefined): string[] {
  return (Array.isArray(header) ? header.join(',') : (header ?? ''))
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
}

function plainHost(host: string | undefined): string | undefined {
  return host !== undefined && /^[a-zA-Z0-9.\-_[\]:]+$/.test(host) ? host : undefined
}
