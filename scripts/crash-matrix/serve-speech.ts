import { once } from 'node:events'
import { createServer } from 'node:http'
import { portOf } from '#harness/ports.ts'
import type { SpokenWord } from './cut-recording.ts'

export interface SpeechServer {
  url: string
  stop(): Promise<void>
}

/**
 * Serves Deepgram's protocol on this machine and always returns the same words, so that transcription can be
 * interrupted without a recogniser and without a key.
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
  const server = createServer((request, response) => {
    request.on('error', () => response.destroy())
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(reply))
    request.resume()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
