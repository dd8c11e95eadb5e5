import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { portOf } from '#harness/ports.ts'

export interface VendorServer {
  url: string
  /** The number of requests. */
  asked(): number
  /** Answers requests from now on. */
  answer: (response: ServerResponse, body: Buffer) => void
  stop(): Promise<void>
}

/** Starts a server on this machine that replaces a vendor's, and fails in the way that the test sets. */
export async function startVendorServer(answer: VendorServer['answer']): Promise<VendorServer> {
  let asked = 0
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    asked += 1
    vendor.answer(response, Buffer.concat(chunks))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const vendor: VendorServer = {
    url: `http://127.0.0.1:${portOf(server)}`,
    asked: () => asked,
    answer,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return vendor
}

/** Answers "too many requests", with the time to wait as a vendor sends it: in seconds or as a date. */
export function tooMany(retryAfter: string | undefined): VendorServer['answer'] {
  return (response) =>
    response
      .writeHead(429, {
        'content-type': 'application/json',
        ...(retryAfter ? { 'retry-after': retryAfter } : {}),
      })
      .end('{"err_code":"TOO_MANY_REQUESTS","error":{"message":"slow down"}}')
}

/** Answers like Deepgram for a recording with these words, one per second. */
export function heard(words: string[]): VendorServer['answer'] {
  return (response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(
      JSON.stringify({
        metadata: { request_id: 'b6ba4bd6', duration: words.length, channels: 1 },
        results: {
          channels: [
            {
              alternatives: [
                {
                  transcript: words.join(' '),
                  words: words.map((word, at) => ({ word, start: at, end: at + 0.8, confidence: 1 })),
                },
              ],
            },
          ],
        },
      }),
    )
}

/** Answers with one vector of 384 dimensions for each text, in OpenAI's protocol. */
export const embedded: VendorServer['answer'] = (response, body) => {
  const { input } = JSON.parse(body.toString()) as { input: string[] }
  const vector = Array.from({ length: 384 }, (_, at) => (at === 0 ? 1 : 0))
  response.writeHead(200, { 'content-type': 'application/json' }).end(
    JSON.stringify({
      object: 'list',
      data: input.map((_, index) => ({ object: 'embedding', index, embedding: vector })),
    }),
  )
}
