import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createGateway } from './create-gateway.ts'

const limits = { headersMs: 1_000, bodyMs: 600, uploadIdleMs: 1_500, uploadBytes: 5, idleMs: 2_000 }

let web: Server
let gateway: ReturnType<typeof createGateway>
let port: number
/** Whether an answer is still being sent that is too long for the buffers between here and a client. */
let isLongOpen = true

beforeAll(async () => {
  web = createServer((req, res) => {
    req.resume()
    if (req.url === '/long') {
      isLongOpen = true
      res.once('close', () => {
        isLongOpen = false
      })
      res.end(Buffer.alloc(64 * 1024 * 1024))
      return
    }
    req.once('end', () => res.end('web'))
  })
  web.listen(0, '127.0.0.1')
  await once(web, 'listening')
  gateway = createGateway({
    webPort: portOf(web),
    trustProxy: false,
    services: [
      {
        prefix: '/storage/v1',
        handle: async (req, res) => void res.end(`stored ${(await text(req)).length}`),
      },
    ],
    limits: { ...limits, perAddress: 3, total: 10 },
  })
  gateway.server.listen(0, '0.0.0.0')
  await once(gateway.server, 'listening')
  port = portOf(gateway.server)
})

afterAll(async () => {
  await gateway.close()
  web.closeAllConnections()
  web.close()
})

function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('not listening')
  return address.port
}

/** Opens a client connection; `received` resolves with everything it received when the connection closes. */
function open(host = '127.0.0.1'): { socket: Socket; received: Promise<string> } {
  const socket = connect(port, host)
  socket.on('error', () => undefined)
  const received = new Promise<string>((resolve) => {
    let all = ''
    socket.on('data', (chunk) => {
      all += chunk
    })
    socket.once('close', () => resolve(all))
  })
  return { socket, received }
}

/** Sends one byte every 100 ms until the connection closes, like a slow client that keeps it occupied. */
function trickle(socket: Socket, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 100)
  socket.once('close', () => clearInterval(timer))
}

test('two hundred clients that never finish their headers are closed, and other clients are always served', async () => {
  const slow = Array.from({ length: 200 }, () => open())
  for (const { socket } of slow) {
    socket.write('GET / HTTP/1.1\r\nhost: x\r\nx-slow: ')
    trickle(socket, 'a')
  }
  let closed = false
  const all = Promise.all(slow.map(({ received }) => received)).then((answers) => {
    closed = true
    return answers
  })
  do expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('web')
  while (!closed)
  for (const answer of await all) expect(answer).toMatch(/^(HTTP\/1\.1 408 |$)/)
})

test('a client that sends nothing is closed', async () => {
  await open().received
})

test('a body that does not arrive in time is answered with 408, even if single bytes keep arriving', async () => {
  const { socket, received } = open()
  socket.write('POST /api/v1/ask HTTP/1.1\r\nhost: x\r\ncontent-length: 100000\r\n\r\n')
  trickle(socket, 'a')
  expect(await received).toMatch(/^HTTP\/1\.1 408 /)
})

test('a chunked body has the same deadline', async () => {
  const { socket, received } = open()
  socket.write('POST /api/v1/ask HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n')
  trickle(socket, '1\r\na\r\n')
  expect(await received).toMatch(/^HTTP\/1\.1 408 /)
})

test('a slow upload may take longer, while bytes keep arriving', async () => {
  const { socket, received } = open()
  socket.write(
    'POST /storage/v1/object/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 30\r\n\r\n',
  )
  trickle(socket, 'a')
  expect(await received).toContain('stored 30')
})

test('an upload that sends almost nothing is closed', async () => {
  const { socket, received } = open()
  socket.write('POST /storage/v1/object/x HTTP/1.1\r\nhost: x\r\ncontent-length: 30\r\n\r\n')
  const timer = setInterval(() => socket.write('a'), 500)
  expect(await received).toMatch(/^HTTP\/1\.1 408 /)
  clearInterval(timer)
})

test('a client that does not read its answer is closed', async () => {
  const { socket, received } = open()
  socket.pause()
  socket.write('GET /long HTTP/1.1\r\nhost: x\r\n\r\n')
  await expect.poll(() => isLongOpen).toBe(false)
  socket.destroy()
  await received
})

test('an upload that stops is closed', async () => {
  const { socket, received } = open()
  socket.write('POST /storage/v1/object/x HTTP/1.1\r\nhost: x\r\ncontent-length: 30\r\n\r\nabc')
  expect(await received).toMatch(/^HTTP\/1\.1 408 /)
})

test('one address may open a limited number of connections, and more when it has closed some', async ({
  skip,
}) => {
  const own = Object.values(networkInterfaces())
    .flat()
    .find((address) => address?.family === 'IPv4' && !address.internal)
  if (own === undefined) {
    skip('this machine has no address except the loopback')
    return
  }
  const [first, ...others] = [open(own.address), open(own.address), open(own.address)]
  for (const { socket } of [first, ...others])
    if (!socket.readyState.startsWith('open')) await once(socket, 'connect')
  await open(own.address).received
  first.socket.destroy()
  await first.received
  await expect
    .poll(() =>
      fetch(`http://${own.address}:${port}/`).then(
        (answer) => answer.status,
        () => 'closed',
      ),
    )
    .toBe(200)
  for (const { socket } of others) socket.destroy()
})
