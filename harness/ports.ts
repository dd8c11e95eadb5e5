import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/** Returns the TCP port of a server. Throws when it listens on none. */
export function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('This server listens on no port.')
  return address.port
}

/** Finds a free loopback port, for a server that keeps its port after a restart. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const port = portOf(server)
  server.close()
  await once(server, 'close')
  return port
}
