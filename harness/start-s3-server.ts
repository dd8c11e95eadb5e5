import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { portOf } from './ports.ts'

/** What one answer does instead of the right thing. */
export type S3Fault = 'slow down' | 'break off' | 'reset' | 'keep half' | 'deny'

export interface S3Server {
  url: string
  /** The stored objects by bucket and key. */
  objects: Map<string, { content: Buffer; storedAt: Date }>
  /** The requests that were answered, such as `PUT /bucket/key`. */
  requests: string[]
  /** Faults of the next requests whose text contains the key; each is used once. */
  faults: { on: string; fault: S3Fault }[]
  stop(): Promise<void>
}

const maxKeys = 1_000

/** Starts a server on the loopback address that speaks the part of the S3 protocol that backups use. */
export async function startS3Server(): Promise<S3Server> {
  const objects: S3Server['objects'] = new Map()
  const uploads = new Map<string, Map<number, Buffer>>()
  const requests: string[] = []
  const faults: S3Server['faults'] = []

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '', 'http://s3')
    const key = decodeURIComponent(url.pathname.slice(1))
    const content = await buffer(request)
    const called = `${request.method} ${request.url}`
    requests.push(called)
    const index = faults.findIndex(({ on }) => called.includes(on))
    const [planned] = index < 0 ? [] : faults.splice(index, 1)
    const fault = planned?.fault
    if (fault === 'reset') return void request.socket.destroy()
    if (fault === 'slow down') return fail(response, 503, 'SlowDown')
    if (fault === 'deny' || !request.headers.authorization?.startsWith('AWS4-HMAC-SHA256')) {
      return fail(response, 403, 'AccessDenied')
    }
    const claimed = request.headers['x-amz-content-sha256']
    if (claimed !== undefined && /^[0-9a-f]{64}$/.test(String(claimed)) && claimed !== sha256(content)) {
      return fail(response, 400, 'XAmzContentSHA256Mismatch')
    }
    const store = (name: string, bytes: Buffer) => {
      const kept = fault === 'keep half' ? bytes.subarray(0, bytes.length / 2) : bytes
      objects.set(name, { content: kept, storedAt: new Date() })
    }
    const uploadId = url.searchParams.get('uploadId')
    const parts = uploadId === null ? undefined : uploads.get(uploadId)
    if (request.method === 'GET' && url.searchParams.get('list-type') === '2') {
      return sendXml(response, list(objects, key.replace(/\/$/, ''), url.searchParams))
    }
    if (request.method === 'POST' && url.searchParams.has('delete')) {
      for (const [, name = ''] of content.toString().matchAll(/<Key>([^<]*)<\/Key>/g)) {
        objects.delete(`${key.replace(/\/$/, '')}/${name}`)
      }
      return sendXml(response, '<DeleteResult></DeleteResult>')
    }
    if (request.method === 'POST' && url.searchParams.has('uploads')) {
      const id = randomUUID()
      uploads.set(id, new Map())
      return sendXml(
        response,
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      )
    }
    if (request.method === 'PUT' && parts) {
      parts.set(Number(url.searchParams.get('partNumber')), content)
      return void response.setHeader('etag', `"${sha256(content)}"`).end()
    }
    if (request.method === 'POST' && parts) {
      const ordered = [...parts].sort(([one], [other]) => one - other).map(([, part]) => part)
      store(key, Buffer.concat(ordered))
      return sendXml(
        response,
        '<CompleteMultipartUploadResult><ETag>"e"</ETag></CompleteMultipartUploadResult>',
      )
    }
    if (request.method === 'PUT') {
      store(key, content)
      return void response.setHeader('etag', `"${sha256(content)}"`).end()
    }
    const found = objects.get(key)
    if (request.method !== 'GET' || !found) return fail(response, 404, 'NoSuchKey')
    response.setHeader('content-length', found.content.length)
    if (fault !== 'break off') return void response.end(found.content)
    response.write(found.content.subarray(0, Math.floor(found.content.length / 2)), () =>
      request.socket.destroy(),
    )
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(new Error(String(error))))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    objects,
    requests,
    faults,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function list(objects: S3Server['objects'], bucket: string, query: URLSearchParams): string {
  const prefix = `${bucket}/${query.get('prefix') ?? ''}`
  const after = query.get('continuation-token') ?? ''
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
  const page = keys.slice(0, maxKeys)
  const contents = page.map((key) => {
    const { content, storedAt } = objects.get(key) ?? { content: Buffer.alloc(0), storedAt: new Date() }
    const name = key.slice(bucket.length + 1)
    return `<Contents><Key>${name}</Key><Size>${content.length}</Size><LastModified>${storedAt.toISOString()}</LastModified></Contents>`
  })
  const next = keys.length > maxKeys ? page.at(-1) : undefined
  const token = next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`
  return `<ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${token}${contents.join('')}</ListBucketResult>`
}

function sendXml(response: ServerResponse, body: string): void {
  response.setHeader('content-type', 'application/xml').end(`<?xml version="1.0" encoding="UTF-8"?>${body}`)
}

function fail(response: ServerResponse, status: number, code: string): void {
  response.statusCode = status
  sendXml(response, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`)
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
