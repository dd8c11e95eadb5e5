import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { type ClientAddress, clientAddress } from './client-address.ts'
import { proxyToWeb } from './proxy-to-web.ts'
import { answerUnreadable, refuseUnservable } from './refuse-unservable.ts'

/** Answers one request below its mount; `path` starts with `/` and is still percent-encoded. */
export type ServiceHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  request: { path: string; query: URLSearchParams; client: ClientAddress },
) => Promise<void>

/**
 * The one public server: services by path prefix, everything else to the web server. Bodies are never
 * buffered here. `close` lets running requests finish for a moment, then cuts them.
 */
export function createFrontDoor(options: {
  webPort: number
  trustProxy: boolean
  services: { prefix: string; handle: ServiceHandler }[]
}): { server: Server; close: () => Promise<void> } {
  const web = proxyToWeb(options.webPort)
  const serviceOf = (url: string) =>
    options.services.find(({ prefix }) => url.startsWith(`${prefix}/`) || url === prefix)

  const server = createServer((req, res) => {
    const url = req.url ?? '/'
    const client = clientAddress(req, options.trustProxy)
    const service = serviceOf(url)
    if (!service) {
      if (!refuseUnservable(req, res)) web.request(req, res, client)
      return
    }
    const cut = url.indexOf('?')
    const path = (cut === -1 ? url : url.slice(0, cut)).slice(service.prefix.length) || '/'
    const query = new URLSearchParams(cut === -1 ? '' : url.slice(cut + 1))
    service.handle(req, res, { path, query, client }).catch((error: unknown) => {
      console.error(`${req.method} ${service.prefix}${path} failed:`, error)
      sendBroken(res)
    })
  })
  server.on('upgrade', (req, socket, head) => {
    if (!(socket instanceof Socket) || serviceOf(req.url ?? '/')) socket.destroy()
    else web.upgrade(req, socket, head, clientAddress(req, options.trustProxy))
  })
  server.on('clientError', answerUnreadable)
  // A recording on a slow line takes hours, so only the headers have a deadline.
  server.requestTimeout = 0
  server.headersTimeout = 20_000
  server.keepAliveTimeout = 65_000

  return {
    server,
    close: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), 3_000)
        server.close(() => {
          clearTimeout(cut)
          web.close()
          resolve()
        })
        web.endUpgraded()
        server.closeIdleConnections()
      }),
  }
}

function sendBroken(res: ServerResponse): void {
  if (res.headersSent || res.destroyed) {
    res.destroy()
    return
  }
  const body = JSON.stringify({ code: 'unexpected_failure', message: 'Something went wrong on our side.' })
  res.writeHead(500, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  res.end(body)
}
