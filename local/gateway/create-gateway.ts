import { createServer, type Server, type ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Service } from '../http/service-handler.ts'
import { findClientAddress } from './find-client-address.ts'
import { type ConnectionLimits, defaultLimits, limitBody, limitConnections } from './limit-connections.ts'
import { proxyToWeb } from './proxy-to-web.ts'
import { answerUnreadable, refuseUnservable } from './refuse-unservable.ts'

/**
 * Creates the only public server. It serves the given services by path prefix and forwards everything else to the web
 * server. Bodies are not buffered here, and a service receives its path as sent, still percent-encoded. `close` gives
 * running requests three seconds to finish, then closes their connections.
 */
export function createGateway(options: {
  webPort: number
  trustProxy: boolean
  services: Service[]
  limits?: ConnectionLimits
}): {
  server: Server
  close: () => Promise<void>
} {
  const web = proxyToWeb(options.webPort)
  const serviceOf = (url: string) =>
    options.services.find(({ prefix }) => url === prefix || /^[/?]/.test(afterPrefix(url, prefix)))

  const limits = options.limits ?? defaultLimits
  const checkEveryMs = Math.min(5_000, limits.headersMs / 4)
  const server = createServer({ connectionsCheckingInterval: checkEveryMs }, (req, res) => {
    const url = req.url ?? '/'
    const client = findClientAddress(req, options.trustProxy)
    const service = serviceOf(url)
    limitBody(req, res, { isUpload: service?.prefix === '/storage/v1', limits })
    if (!service) {
      if (!refuseUnservable(req, res)) web.request(req, res, client)
      return
    }
    const cut = url.indexOf('?')
    const path = (cut === -1 ? url : url.slice(0, cut)).slice(service.prefix.length) || '/'
    const query = new URLSearchParams(cut === -1 ? '' : url.slice(cut + 1))
    service.handle(req, res, { path, query, client }).catch((error: unknown) => {
      console.error(`${req.method} ${service.prefix}${path} failed:`, error)
      sendUnexpectedFailure(res)
    })
  })
  server.on('upgrade', (req, socket, head) => {
    if (!(socket instanceof Socket) || serviceOf(req.url ?? '/')) socket.destroy()
    else web.upgrade(req, socket, head, findClientAddress(req, options.trustProxy))
  })
  server.on('clientError', answerUnreadable)
  limitConnections(server, limits)
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

function afterPrefix(url: string, prefix: string): string {
  return url.startsWith(prefix) ? url.slice(prefix.length) : ''
}

function sendUnexpectedFailure(res: ServerResponse): void {
  if (res.headersSent || res.destroyed) {
    res.destroy()
    return
  }
  const body = JSON.stringify({ code: 'unexpected_failure', message: 'Something went wrong on our side.' })
  res.writeHead(500, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
  res.end(body)
}
