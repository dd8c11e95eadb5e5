import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { portOf } from '#harness/ports.ts'

/** The fault of one answer. `stall` sends half of the content, then nothing until `breakOff`. */
type Fault =
  | 'stall'
  | 'stall immediately'
  | 'corrupt'
  | 'ignore range'
  | 'other size'
  | 'more than announced'
  | { status: number; headers?: Record<string, string> }

export interface ModelServer {
  url: string
  /** The addresses and ranges that were requested, in order. */
  requests: { path: string; range: string | undefined }[]
  /** The faults of the next answers, in order; later answers have none. */
  faults: Fault[]
  /** Replaces the content of a file. */
  replace(path: string, content: Buffer): void
  /** Closes the connection of the last request. */
  breakOff(): void
  stop(): Promise<void>
}

const tagOf = (content: Buffer) => `"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`

/** Starts a local server that serves model files like a model hub, with the faults that the test sets. */
export async function startModelServer(files: Readonly<Record<string, Buffer>>): Promise<ModelServer> {
  const contents = new Map(Object.entries(files))
  const requests: ModelServer['requests'] = []
  const faults: Fault[] = []
  let last: ServerResponse | undefined
  const server = createServer((request, response) => {
    const { range } = request.headers
    const path = request.url ?? ''
    requests.push({ path, range })
    last = response
    const content = contents.get(path)
    if (!content) response.writeHead(404).end()
    else answer(response, content, { range, ifRange: request.headers['if-range'], fault: faults.shift() })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    requests,
    faults,
    breakOff: () => last?.destroy(),
    replace: (path, content) => contents.set(path, content),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(
  response: ServerResponse,
  content: Buffer,
  requested: { range: string | undefined; ifRange: string | string[] | undefined; fault: Fault | undefined },
): void {
  const { fault } = requested
  if (typeof fault === 'object') {
    response.writeHead(fault.status, fault.headers ?? {}).end()
    return
  }
  if (fault === 'stall immediately') return
  const tag = tagOf(content)
  const isSame = requested.ifRange === undefined || requested.ifRange === tag
  const matchedRange =
    isSame && fault !== 'ignore range' ? /^bytes=(\d+)-$/.exec(requested.range ?? '') : null
  const from = Number(matchedRange?.[1] ?? 0)
  if (from >= content.length && matchedRange) {
    response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end()
    return
  }
  const body = Buffer.from(content.subarray(from))
  if (fault === 'corrupt') body[body.length - 1] = (body.at(-1) ?? 0) ^ 0xff
  if (fault === 'more than announced') {
    response.writeHead(200).end(Buffer.concat([content, content]))
    return
  }
  response.writeHead(matchedRange ? 206 : 200, {
    etag: tag,
    'accept-ranges': 'bytes',
    'content-length': body.length + (fault === 'other size' ? 1 : 0),
    ...(matchedRange ? { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` } : {}),
  })
  const half = body.subarray(0, Math.ceil(body.length / 2))
  if (fault === 'stall') response.write(half)
  else response.end(body)
}
