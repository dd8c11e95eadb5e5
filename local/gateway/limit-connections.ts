import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { networkOf } from '#lib/rate-limits/client-key.ts'

export interface ConnectionLimits {
  /** From the start of a connection, or of the next request on it, until all headers have arrived, in ms. */
  headersMs: number
  /** From the headers until the whole body has arrived, in ms. Not for uploads. */
  bodyMs: number
  /** How long an upload may send less than `uploadBytes`, in ms. A recording on a slow connection takes hours to arrive. */
  uploadIdleMs: number
  uploadBytes: number
  /** How long nothing may be sent or received on a connection, in ms. A client that does not read its answer holds it open. */
  idleMs: number
  /**
   * Open connections of one address, or one IPv6 network. This machine has no limit: its own processes and a reverse
   * proxy connect from it.
   */
  perAddress: number
  /** Open connections of all other machines. */
  total: number
}

export const defaultLimits: ConnectionLimits = {
  headersMs: 20_000,
  bodyMs: 60_000,
  uploadIdleMs: 120_000,
  uploadBytes: 1_024,
  idleMs: 300_000,
  perAddress: 200,
  total: 2_000,
}

const maxHeaders = 100
const answer = JSON.stringify({ code: 'request_timeout', message: 'The request took too long to arrive.' })

/**
 * Closes new connections above the limit of their address immediately, and sets the deadlines of headers and of idle
 * connections. Above the limit for all, the network with the most connections loses its oldest, so that those who have few
 * keep theirs and get new ones.
 */
export function limitConnections(server: Server, limits: ConnectionLimits): void {
  server.headersTimeout = limits.headersMs
  // Node limits the time for headers only. `limitBody` limits bodies, because uploads need another limit.
  server.requestTimeout = 0
  server.maxHeadersCount = maxHeaders
  server.timeout = limits.idleMs
  const open = new Map<string, Set<Socket>>()
  let total = 0
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress?.replace(/^::ffff:/, '')
    if (address === undefined || isThisMachine(address)) return
    const network = networkOf(address)
    const own = open.get(network) ?? new Set<Socket>()
    const crowded = total < limits.total ? null : largest(open.values())
    if (own.size >= limits.perAddress || (crowded && crowded.size <= own.size + 1)) {
      socket.destroy()
      return
    }
    const [oldest] = crowded ?? []
    oldest?.destroy()
    open.set(network, own.add(socket))
    total += 1
    socket.once('close', () => {
      total -= 1
      own.delete(socket)
      if (own.size === 0) open.delete(network)
    })
  })
}

function largest<Item>(sets: Iterable<Set<Item>>): Set<Item> | null {
  let found: Set<Item> | null = null
  for (const set of sets) if (set.size > (found?.size ?? 0)) found = set
  return found
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
      if (isUpload && socket.bytesRead >= readBytes + limits.uploadBytes) {
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
