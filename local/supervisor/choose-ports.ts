import { randomInt } from 'node:crypto'
import { connect, createServer } from 'node:net'
import { ExplainedError } from './explained-error.ts'

// Below the range from which systems take ports for outgoing connections (32768 on Linux, 49152 elsewhere):
// a service that was killed must find its port free when it is started again.
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
      `This user may not open port ${port}. Choose one above 1023, for example PORT=3000 npm start.`,
    )
  }
  throw new ExplainedError(
    `Port ${port} on ${host} cannot be opened (${refusal}). Check PORT and SELAH_HOST.`,
  )
}

/** `undefined` when it can, else the system's error code. */
function canListen(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

/** A program that listens on the IPv6 loopback only would be what "localhost" reaches instead of us. */
function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host })
    const settle = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(500, () => settle(false))
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}
