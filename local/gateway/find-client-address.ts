import type { IncomingMessage } from 'node:http'
import type { ClientAddress } from '../http/service-handler.ts'

/**
 * Returns the address of the client. `X-Forwarded-*` is used only behind a trusted reverse proxy; otherwise a client
 * could choose its own address and host name.
 */
export function findClientAddress(req: IncomingMessage, trustProxy: boolean): ClientAddress {
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
