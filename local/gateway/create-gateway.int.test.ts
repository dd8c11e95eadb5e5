import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createGateway } from './create-gateway.ts'

let web: Server
let webPort: number
let answer: (req: IncomingMessage, res: ServerResponse) => void
let gateway: ReturnType<typeof createGateway>
let url: string

async function open(options: { webPort: number; trustProxy?: boolean }): Promise<void> {
  gateway = createGateway({
    webPort: options.webPort,
    trustProxy: options.trustProxy ?? false,
    services: [{ prefix: '/auth/v1', handle: async (_req, res, { path }) => void res.end(`auth ${path}`) }],
  })
  gateway.server.listen(0, '127.0.0.1')
  await once(gateway.server, 'listening')
  url = `http://127.0.0.1:${portOf(gateway.server)}`
}

function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('not listening')
  return address.port
}

beforeEach(async () => {
  answer = (_req, res) => res.end('web')
  web = createServer((req, res) => answer(req, res))
  web.listen(0, '127.0.0.1')
  await once(web, 'listening')
  webPort = portOf(web)
  await open({ webPort })
})

afterEach(async () => {
  await gateway.close()
  web.closeAllConnections()
  web.close()
})

describe('routing', () => {
  test('services receive their own paths and the web server all others', async () => {
    expect(await (await fetch(`${url}/auth/v1/health?x=1`)).text()).toBe('auth /health')
    expect(await (await fetch(`${url}/auth/v10/health`)).text()).toBe('web')
    expect(await (await fetch(`${url}/`)).text()).toBe('web')
  })

  test('an answer keeps its status, cookies, ranges and caching', async () => {
    answer = (req, res) => {
      res.writeHead(206, {
        'content-range': 'bytes 0-2/10',
        'set-cookie': ['a=1', 'b=2'],
        'cache-control': 'private',
        'x-range': req.headers.range ?? '',
      })
      res.end('abc')
    }
    const response = await fetch(url, { headers: { range: 'bytes=0-2' } })
    expect(response.status).toBe(206)
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(response.headers.get('content-range')).toBe('bytes 0-2/10')
    expect(response.headers.get('x-range')).toBe('bytes=0-2')
  })
})

describe('streaming', () => {
  test('an event arrives while the answer is still open, and the web server notices when the client leaves', async () => {
    const left = Promise.withResolvers<void>()
    answer = (req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' })
      res.write('data: one\n\n')
      req.on('close', () => left.resolve())
    }
    const controller = new AbortController()
    const response = await fetch(url, { signal: controller.signal })
    const first = await response.body?.getReader().read()
    expect(new TextDecoder().decode(first?.value)).toBe('data: one\n\n')
    controller.abort()
    await left.promise
  })

  test('a body is forwarded piece by piece and is never buffered', async () => {
    const firstPiece = Promise.withResolvers<number>()
    answer = (req, res) => {
      let total = 0
      req.on('data', (chunk: Buffer) => {
        total += chunk.length
        firstPiece.resolve(chunk.length)
      })
      req.on('end', () => res.end(String(total)))
    }
    const outgoing = request(url, { method: 'POST' })
    outgoing.write(Buffer.alloc(1000))
    expect(await firstPiece.promise).toBe(1000)
    for (let piece = 0; piece < 200; piece += 1) {
      if (!outgoing.write(Buffer.alloc(100_000))) await once(outgoing, 'drain')
    }
    outgoing.end()
    const [response]: IncomingMessage[] = await once(outgoing, 'response')
    expect(await collect(response)).toBe(String(20_001_000))
  })

  test('a web socket works in both directions', async () => {
    web.on('upgrade', (_req, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n')
      socket.on('data', (data: Buffer) => socket.write(`echo ${data}`))
    })
    const socket = connect(portOf(gateway.server), '127.0.0.1')
    socket.write('GET /_next/hmr HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n')
    const [head]: Buffer[] = await once(socket, 'data')
    expect(String(head)).toContain('101')
    socket.write('hello')
    const [echo]: Buffer[] = await once(socket, 'data')
    expect(String(echo)).toBe('echo hello')
    socket.destroy()
  })
})

describe('the address of the client', () => {
  const nextHeaders = () =>
    new Promise<IncomingMessage['headers']>((resolve) => {
      answer = (req, res) => {
        resolve(req.headers)
        res.end()
      }
    })
  const claims = {
    'x-forwarded-for': '6.6.6.6',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'evil.example',
  }

  test('a client cannot choose their address, host or protocol', async () => {
    const headers = nextHeaders()
    await fetch(url, { headers: { ...claims, forwarded: 'for=6.6.6.6', 'x-middleware-subrequest': 'x' } })
    expect(await headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': url.replace('http://', ''),
    })
    expect(await headers).not.toHaveProperty('forwarded')
    expect(await headers).not.toHaveProperty('x-middleware-subrequest')
  })

  test('behind a trusted reverse proxy the last hop counts, which the proxy added', async () => {
    await gateway.close()
    await open({ webPort, trustProxy: true })
    const headers = nextHeaders()
    await fetch(url, { headers: { ...claims, 'x-forwarded-for': '6.6.6.6, 203.0.113.9' } })
    expect(await headers).toMatchObject({
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil.example',
    })
  })
})

describe('while the web server is unreachable', () => {
  beforeEach(async () => {
    await gateway.close()
    web.close()
    await open({ webPort })
  })

  test('browsers get a page that reloads, programs get JSON, and services keep answering', async () => {
    const page = await fetch(url, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(503)
    expect(page.headers.get('retry-after')).toBe('2')
    expect(await page.text()).toContain('Selah is starting')
    const api = await fetch(`${url}/api/v1/sermons`, { headers: { accept: 'text/html' } })
    expect(api.status).toBe(503)
    expect(await api.json()).toMatchObject({ error: { code: 'unavailable' } })
    expect(await (await fetch(`${url}/auth/v1/health`)).text()).toBe('auth /health')
  })

  test('a request that is still arriving is answered, and its connection is closed', async () => {
    const socket = connect(portOf(gateway.server), '127.0.0.1')
    socket.write('POST /api/v1/ask HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nonly the beginning')
    // Ends only when the gateway closes the connection: this client never does.
    expect(await collect(socket)).toMatch(/^HTTP\/1\.1 503.*connection: close.*unavailable/is)
  })
})

test('a client never sees that the web server closed a kept-alive connection', async () => {
  web.keepAliveTimeout = 50
  for (let round = 0; round < 20; round += 1) {
    const response = await fetch(url)
    expect(response.status).toBe(200)
    await response.text()
    web.closeIdleConnections()
  }
})

describe('requests that cannot be served', () => {
  /** Sends bytes that an HTTP client would not send, and returns the answer. */
  async function sendRaw(head: string): Promise<{ status: string | undefined; body: unknown }> {
    const socket = connect(portOf(gateway.server), '127.0.0.1')
    socket.end(head)
    const answer = await collect(socket)
    const [headers = '', body = ''] = answer.split('\r\n\r\n')
    return { status: headers.split(' ')[1], body: JSON.parse(body) }
  }
  const error = (code: string) => ({ error: { code, message: expect.stringMatching(/\.$/) } })

  beforeEach(() => {
    answer = (_req, res) => {
      res.writeHead(500)
      res.end('Internal Server Error')
    }
  })

  test.each([
    ['an unknown method', 'TRACE / HTTP/1.1', '405', 'method_not_allowed'],
    ['an address that is not text', 'GET /api/v1/sermons/%ff HTTP/1.1', '400', 'bad_request'],
    ['an address that ends in the middle of a character', 'GET /a%2 HTTP/1.1', '400', 'bad_request'],
    ['a path that is too long', `GET /${'a/'.repeat(3_000)} HTTP/1.1`, '414', 'too_large'],
    ['an address that is too long', `GET /${'a'.repeat(100_000)} HTTP/1.1`, '431', 'too_large'],
    ['something that is not HTTP', 'hello', '400', 'bad_request'],
  ])('%s is refused with the usual error body', async (_what, line, status, code) => {
    const answer = await sendRaw(`${line}\r\nhost: x\r\nconnection: close\r\n\r\n`)
    expect(answer).toEqual({ status, body: error(code) })
  })

  test('a browser that opens an address that is not text gets the page of the web server that explains it', async () => {
    answer = (req, res) => res.end(req.url)
    const open = async (path: string, accept: string) =>
      (await fetch(`${url}${path}`, { headers: { accept } })).text()
    const page = 'text/html,application/xhtml+xml'
    for (const path of ['/%E0%A4%A', '/sermons/%ff?t=3']) {
      expect(await open(path, page)).toBe('/bad-address')
      expect(JSON.parse(await open(path, 'application/json'))).toEqual(error('bad_request'))
    }
    expect(JSON.parse(await open('/api/v1/sermons/%ff', page))).toEqual(error('bad_request'))
  })

  test('the answer arrives even if the client has not sent everything yet', async () => {
    const head = `GET /${'a'.repeat(2_000_000)} HTTP/1.1\r\nhost: x\r\n\r\n`
    for (let round = 0; round < 20; round += 1) {
      expect(await sendRaw(head)).toEqual({ status: '431', body: error('too_large') })
    }
  })

  test('a client that never stops sending is disconnected', async () => {
    const socket = connect({ port: portOf(gateway.server), host: '127.0.0.1', allowHalfOpen: true })
    const closed = new Promise((resolve) => socket.once('close', resolve))
    socket.on('error', () => {})
    socket.resume()
    const sending = setInterval(() => socket.write('hello'), 20)
    await closed
    clearInterval(sending)
  })
})

async function collect(stream: AsyncIterable<Buffer> | undefined): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream ?? []) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
