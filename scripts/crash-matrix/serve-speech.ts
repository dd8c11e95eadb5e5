import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { portOf } from '#harness/ports.ts'
import type { SpokenWord } from './cut-recording.ts'

/** How the server treats requests: as it should, only after a while, with half an answer, or with an error. */
export type Manner = 'well' | 'slow' | 'truncated' | 'failing'

export interface SpeechServer {
  url: string
  /** Treats the next `count` requests in this manner, and those after them well. */
  behave(manner: Manner, count: number): void
  stop(): Promise<void>
}

/**
 * Serves Deepgram's protocol on this machine and returns the same words, so that transcription can be interrupted
 * without a recogniser and without a key.
 */
export async function serveSpeech(words: readonly SpokenWord[]): Promise<SpeechServer> {
  const recognised = words.map(({ text, startMs, endMs }) => ({
    word: text.toLowerCase().replace(/[^a-z']/g, ''),
    punctuated_word: text,
    start: startMs / 1000,
    end: endMs / 1000,
    confidence: 0.99,
  }))
  const reply = JSON.stringify({ results: { channels: [{ alternatives: [{ words: recognised }] }] } })
  let next: { manner: Manner; count: number } = { manner: 'well', count: 0 }
  const server = createServer((request, response) => {
    const manner = next.count > 0 ? next.manner : 'well'
    next.count -= 1
    request.on('error', () => response.destroy())
    request.on('end', () => answer(response, { manner, reply }))
    request.resume()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    behave(manner, count) {
      next = { manner, count }
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

const slowMs = 20_000

function answer(response: ServerResponse, { manner, reply }: { manner: Manner; reply: string }): void {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(reply) }
  if (manner === 'failing') {
    response
      .writeHead(500, { 'content-type': 'application/json' })
      .end('{"err_msg":"The service had a problem."}')
    return
  }
  response.writeHead(200, headers)
  if (manner === 'well') {
    response.end(reply)
    return
  }
  response.write(reply.slice(0, reply.length / 2))
  // The other half comes late, or the connection ends without it.
  if (manner === 'truncated') setImmediate(() => response.destroy())
  else setTimeout(() => response.end(reply.slice(reply.length / 2)), slowMs)
}
