import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { portOf } from '#harness/ports.ts'
import { AppError } from '#lib/errors.ts'
import { chooseEmbedder } from './choose-embedder.ts'
import { openAiEmbedder } from './openai-embedder.ts'

type EmbeddingRequest = { model: string; input: string[]; dimensions: number; encoding_format: string }
type Answer = (body: EmbeddingRequest, response: ServerResponse, request: IncomingMessage) => void

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function startEmbeddingServer(answer: Answer, timeoutMs?: { passage: number; query: number }) {
  const requests: EmbeddingRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as EmbeddingRequest
      requests.push(body)
      answer(body, response, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  const port = portOf(server)
  const embedder = openAiEmbedder({
    apiKey: 'key',
    baseUrl: `http://127.0.0.1:${port}/v1`,
    model: 'small',
    ...(timeoutMs ? { timeoutMs } : {}),
  })
  return { embedder, requests }
}

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

const axis = (at: number, length = 2) => {
  const vector = new Array<number>(384).fill(0)
  vector[at % 384] = length
  return vector
}
const asBase64 = (vector: number[]) => Buffer.from(new Float32Array(vector).buffer).toString('base64')

async function failureOf(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(AppError)
  return error as AppError
}

describe('the OpenAI embedder', () => {
  it.each([
    ['base64', asBase64],
    ['plain numbers', (vector: number[]) => vector],
  ])('reads replies in %s, in any order, as unit vectors of 384 dimensions', async (_, encode) => {
    const { embedder, requests } = await startEmbeddingServer((body, response, request) => {
      expect(request.url).toBe('/v1/embeddings')
      expect(request.headers.authorization).toBe('Bearer key')
      const data = body.input.map((text, index) => ({
        object: 'embedding',
        index,
        embedding: encode(axis(Number(text))),
      }))
      json(response, 200, { object: 'list', model: body.model, data: data.reverse(), usage: {} })
    })
    const texts = Array.from({ length: 150 }, (_, index) => String(index))
    const vectors = await embedder.embed(texts, { kind: 'passage' })
    expect(vectors.map((vector) => vector.indexOf(1))).toEqual(texts.map(Number))
    expect(requests.map(({ input }) => input.length)).toEqual([64, 64, 22])
    expect(requests[0]).toMatchObject({ model: 'small', dimensions: 384 })
  })

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '7', 'retry-after-ms': '250' }, 250],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('returns the wait that is requested after too many requests with %j', async (headers, retryAfterMs) => {
    const { embedder, requests } = await startEmbeddingServer((_, response) =>
      json(response, 429, { error: { message: 'slow down' } }, { ...headers }),
    )
    const error = await failureOf(embedder.embed(['a'], { kind: 'passage' }))
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs })
    expect(requests).toHaveLength(1)
  })

  it('reads a date until which to wait', async () => {
    const at = new Date(Date.now() + 120_000)
    const { embedder } = await startEmbeddingServer((_, response) =>
      json(response, 429, {}, { 'retry-after': at.toUTCString() }),
    )
    const error = await failureOf(embedder.embed(['a'], { kind: 'passage' }))
    expect(error.retryAfterMs).toBeGreaterThan(100_000)
    expect(error.retryAfterMs).toBeLessThanOrEqual(120_000)
  })

  it.each([
    [500, 'unavailable', 'embeddings.vendor_down'],
    [503, 'unavailable', 'embeddings.vendor_down'],
    [401, 'vendor_failed', 'embeddings.key_refused'],
    [400, 'vendor_failed', 'embeddings.rejected'],
  ])('turns status %i into %s and keeps the cause', async (status, code, reason) => {
    const { embedder } = await startEmbeddingServer((_, response) =>
      json(response, status, { error: { message: 'no' } }),
    )
    const error = await failureOf(embedder.embed(['a'], { kind: 'query' }))
    expect(error).toMatchObject({ code, reason })
    expect(error.cause).toBeInstanceOf(Error)
  })

  it.each<[string, unknown]>([
    ['too few dimensions', { data: [{ index: 0, embedding: [1, 2, 3] }] }],
    ['a missing vector', { data: [] }],
    ['a vector without length', { data: [{ index: 0, embedding: new Array(384).fill(0) }] }],
    ['numbers that are none', { data: [{ index: 0, embedding: new Array(384).fill('x') }] }],
    ['another shape', { data: 'none' }],
    ['no object', null],
  ])('refuses a reply with %s', async (_, reply) => {
    const { embedder } = await startEmbeddingServer((_body, response) => json(response, 200, reply))
    expect(await failureOf(embedder.embed(['a'], { kind: 'passage' }))).toMatchObject({
      code: 'vendor_failed',
      reason: 'embeddings.unusable_reply',
    })
  })

  it.each<[string, string]>([
    ['cut JSON', '{"object":"list","data":[{"index":0,"embe'],
    ['a web page', '<html>Bad gateway</html>'],
    ['nothing', ''],
  ])('refuses a reply that is %s', async (_, body) => {
    const { embedder } = await startEmbeddingServer((_body, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    })
    expect(await failureOf(embedder.embed(['a'], { kind: 'passage' }))).toMatchObject({
      code: 'vendor_failed',
      reason: 'embeddings.unusable_reply',
    })
  })

  it.each<[string, Answer]>([
    ['headers never come', () => {}],
    [
      'the body never ends',
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"data":['),
    ],
  ])('abandons a slow server at the time limit when %s', async (_, slow) => {
    const { embedder } = await startEmbeddingServer(slow, { passage: 300, query: 300 })
    expect(await failureOf(embedder.embed(['a'], { kind: 'query' }))).toMatchObject({
      code: 'unavailable',
      reason: 'embeddings.unreachable',
    })
  })

  it('reports a body that ends early as an unreachable server', async () => {
    const { embedder } = await startEmbeddingServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
      response.write('{"data":', () => response.destroy())
    })
    expect(await failureOf(embedder.embed(['a'], { kind: 'passage' }))).toMatchObject({
      code: 'unavailable',
      reason: 'embeddings.unreachable',
    })
  })

  it('reports a closed connection as an unreachable server', async () => {
    const { embedder } = await startEmbeddingServer((_, response) => response.destroy())
    expect(await failureOf(embedder.embed(['a'], { kind: 'passage' }))).toMatchObject({
      code: 'unavailable',
      reason: 'embeddings.unreachable',
    })
  })

  it('stops immediately when the caller aborts', async () => {
    const stop = new AbortController()
    const { embedder } = await startEmbeddingServer(() => stop.abort(new Error('gone away')))
    await expect(embedder.embed(['a'], { kind: 'passage', signal: stop.signal })).rejects.toThrow('gone away')
  })
})

describe('chooseEmbedder', () => {
  const none = {
    OPENAI_API_KEY: undefined,
    OPENAI_BASE_URL: undefined,
    OPENAI_EMBEDDING_MODEL: undefined,
    SELAH_MODELS: 'off' as const,
    SELAH_MODELS_DIR: '.data/models',
    SELAH_MODELS_MIRROR: 'http://127.0.0.1:1',
    SELAH_MODELS_MANIFEST: undefined,
  }

  it('uses no model without a key, or with a compatible server but no model name', () => {
    expect(chooseEmbedder(none)).toBeNull()
    expect(chooseEmbedder({ ...none, OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' })).toBeNull()
  })

  it('uses a model with a key, and with a compatible server and a model', () => {
    expect(chooseEmbedder({ ...none, OPENAI_API_KEY: 'k' })?.id).toBe('openai:text-embedding-3-small:384')
    const local = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1', OPENAI_EMBEDDING_MODEL: 'minilm' }
    expect(chooseEmbedder({ ...none, ...local })).toMatchObject({ id: 'openai:minilm:384' })
  })
})
