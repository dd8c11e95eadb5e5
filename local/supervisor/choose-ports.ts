import { randomInt } from 'node:crypto'
import { connect, createServer } from 'node:net'
import { ExplainedError } from './explained-error.ts'

// Below the port range of outgoing connections (from 32768 on Linux, 49152 elsewhere), so that
// the port of a killed service is still free when the service is restarted.
const lowestPort = 20_000
const highestPort = 32_000

/** Finds `count` different free ports on the loopback address. */
export async function choosePorts(count: number): Promise<number[]> {
  const chosen = new Set<number>()
  for (let attempt = 0; chosen.size < count; attempt += 1) {
    if (attempt > 500) throw new ExplainedError('No free port was found on this machine.')
    const port = randomInt(lowestPort, highestPort)
    if (!chosen.has(port) && (await canListen(port, '127.0.0.1')) === undefined) chosen.add(port)
  }
  return [...chosen]
}

/** Throws an ExplainedError when the public port cannot be opened. */
export async function requireFreePort(port: number, host: string): Promise<void> {
  const refusal = (await canListen(port, host)) ?? ((await answers(port, '::1')) ? 'EADDRINUSE' : undefined)
  if (refusal === undefined) return
  if (refusal === 'EADDRINUSE') {
    throw new ExplainedError(
      `Port ${port} is used by another program. Stop it, or choose another port: PORT=${port + 1} npm start.`,
    )
  }
  if (refusal === 'EACCES') {
    throw new ExplainedError(
      `This user is not allowed to open port ${port}. Choose one above 1023, for example PORT=3000 npm start.`,
    )
  }
  throw new ExplainedError(
    `Port ${port} on ${host} cannot be opened (${refusal}). Check PORT and SELAH_HOST.`,
  )
}

/** Returns `undefined` when it can, otherwise the system's error code. */
function canListen(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

/** Whether a program listens there. One on the IPv6 loopback only would receive requests to "localhost" instead of Selah. */
function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host })
    const finish = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(500, () => finish(false))
    socket.once('connect', () => finish(true))
    socket.once('error', () => finish(false))
  })
}
