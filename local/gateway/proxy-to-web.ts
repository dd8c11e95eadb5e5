import { Agent, type IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { createProxyServer } from 'httpxy'
import type { ClientAddress } from '../http/service-handler.ts'
import { sendStarting } from './send-starting.ts'

export interface WebProxy {
  request(req: IncomingMessage, res: ServerResponse, client: ClientAddress): void
  upgrade(req: IncomingMessage, socket: Socket, head: Buffer, client: ClientAddress): void
  /** Closes the web sockets; running requests continue. */
  endUpgraded(): void
  close(): void
}

/** Headers that a client must not set, because the web server trusts them. */
const strippedHeaders = [
  'forwarded',
  'x-real-ip',
  'x-forwarded-port',
  'x-forwarded-server',
  'x-middleware-subrequest',
  'x-middleware-prefetch',
]

/** Forwards requests to the web server on this machine as streams, over kept-alive connections. */
export function proxyToWeb(webPort: number): WebProxy {
  const target = `http://127.0.0.1:${webPort}`
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 32 })
  const proxy = createProxyServer({ target })
  const retried = new WeakSet<IncomingMessage>()

  proxy.on('error', (error, req, res) => {
    if (res instanceof ServerResponse) {
      if (res.headersSent || res.destroyed) {
        res.destroy()
      } else if (req && isStaleConnection(error) && isBodyless(req) && !retried.has(req)) {
        // The web server closed a kept-alive connection when this request used it.
        retried.add(req)
        proxy.web(req, res, { agent }).catch(() => res.destroy())
      } else {
        // The rest of the request cannot be forwarded, so no other request may follow on its connection.
        if (req && !req.complete) res.shouldKeepAlive = false
        sendStarting(req, res)
      }
    } else if (res instanceof Socket) {
      res.destroy()
    }
  })

  // Web sockets do not use half-closed connections: when one side closes, the other is closed too.
  const upgraded = new Set<Socket>()
  proxy.on('proxyReqWs', (proxyReq, _req, socket) => {
    upgraded.add(socket)
    socket.once('close', () => upgraded.delete(socket))
    proxyReq.once('upgrade', (_res, upstream) => {
      socket.once('end', () => socket.end())
      socket.once('close', () => upstream.destroy())
      upstream.once('close', () => socket.destroy())
    })
  })

  return {
    request(req, res, client) {
      setForwarded(req, client)
      proxy.web(req, res, { agent }).catch(() => res.destroy())
    },
    upgrade(req, socket, head, client) {
      setForwarded(req, client)
      proxy.ws(req, socket, {}, head).catch(() => socket.destroy())
    },
    endUpgraded() {
      for (const socket of upgraded) socket.destroy()
    },
    close: () => agent.destroy(),
  }
}

function setForwarded(req: IncomingMessage, client: ClientAddress): void {
  for (const name of strippedHeaders) delete req.headers[name]
  req.headers['x-forwarded-for'] = client.ip
  req.headers['x-forwarded-proto'] = client.protocol
  req.headers['x-forwarded-host'] = client.host
}

function isStaleConnection(error: Error): boolean {
  return 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

function isBodyless(req: IncomingMessage): boolean {
  return req.method === 'GET' || req.method === 'HEAD'
}
