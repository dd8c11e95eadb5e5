import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

export interface ConnectionLimits {
  /** From the start of a connection, or of the next request on it, until all headers have arrived, in ms. */
  headersMs: number
  /** From the headers until the whole body has arrived, in ms. Not for uploads. */
  bodyMs: number
  /** How long an upload may send nothing, in ms. A recording on a slow connection takes hours to arrive. */
  uploadIdleMs: number
  /** Open connections of one address. This machine has no limit: its own processes and a reverse proxy connect from it. */
  perAddress: number
  /** Open connections of all other machines. */
  total: number
}

export const defaultLimits: ConnectionLimits = {
  headersMs: 20_000,
  bodyMs: 60_000,
  uploadIdleMs: 120_000,
  perAddress: 200,
  total: 2_000,
}

const maxHeaders = 100
const answer = JSON.stringify({ code: 'request_timeout', message: 'The request took too long to arrive.' })

/** Closes new connections above the limits immediately, and sets the deadline of headers. */
export function limitConnections(server: Server, limits: ConnectionLimits): void {
  server.headersTimeout = limits.headersMs
  // Node limits the time for headers only. `limitBody` limits bodies, because uploads need another limit.
  server.requestTimeout = 0
  server.maxHeadersCount = maxHeaders
  const open = new Map<string, number>()
  let total = 0
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress?.replace(/^::ffff:/, '')
    if (address === undefined || isThisMachine(address)) return
    const count = open.get(address) ?? 0
    if (count >= limits.perAddress || total >= limits.total) {
      socket.destroy()
      return
    }
    open.set(address, count + 1)
    total += 1
    socket.once('close', () => {
      total -= 1
      const left = (open.get(address) ?? 1) - 1
      if (left > 0) open.set(address, left)
      else open.delete(address)
    })
  })
}

/** Answers 408 and closes the connection when the body does not arrive in time. */
export function limitBody(
  req: IncomingMessage,
  res: ServerResponse,
  { isUpload, limits }: { isUpload: boolean; limits: ConnectionLimits },
): void {
  if (req.complete || (req.headers['content-length'] ?? '0') === '0') {
    if (req.headers['transfer-encoding'] === undefined) return
  }
  const { socket } = req
  let readBytes = socket.bytesRead
  const timer = setInterval(
    () => {
      if (req.complete || socket.destroyed) {
        clearInterval(timer)
        return
      }
      if (isUpload && socket.bytesRead > readBytes) {
        readBytes = socket.bytesRead
        return
      }
      clearInterval(timer)
      refuse(req, res)
    },
    isUpload ? limits.uploadIdleMs : limits.bodyMs,
  )
  timer.unref()
  res.once('close', () => clearInterval(timer))
}

function refuse(req: IncomingMessage, res: ServerResponse): void {
  if (res.headersSent) {
    req.socket.destroy()
    return
  }
  res.writeHead(408, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(answer),
    connection: 'close',
  })
  // A client that does not read the answer must not keep the connection.
  res.end(answer, () => req.socket.destroy())
}

function isThisMachine(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}
