import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { portOf } from '#harness/ports.ts'
import { type DeepgramSettings, transcribeWithDeepgram } from './transcribe-with-deepgram.ts'
import { transcriptSchema } from './transcript.ts'

// The real SDK against a server that speaks Deepgram's protocol on this machine.
type Received = { method: string; url: URL; headers: IncomingMessage['headers']; bytes: number }

let directory: string
let filePath: string
let server: Server
let received: Received[]
let answer: (response: ServerResponse, request: IncomingMessage) => void
let settings: DeepgramSettings

const AUDIO_BYTES = 3_000_000

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'selah-test-'))
  filePath = path.join(directory, 'sermon.m4a')
  await writeFile(filePath, Buffer.alloc(AUDIO_BYTES, 7))
  received = []
  answer = (response) => json(response, 200, reply())
  server = createServer(async (request, response) => {
    let bytes = 0
    for await (const chunk of request) bytes += Buffer.from(chunk).length
    received.push({
      method: request.method ?? '',
      url: new URL(request.url ?? '', 'http://localhost'),
      headers: request.headers,
      bytes,
    })
    answer(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  settings = {
    apiKey: 'key-for-tests',
    baseUrl: `http://127.0.0.1:${portOf(server)}`,
    timeoutMs: 5000,
  }
})

afterEach(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(directory, { recursive: true, force: true })
})

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

function reply(words: unknown[] = spoken): unknown {
  return {
    metadata: { request_id: 'b6ba4bd6', created: '2026-11-24T04:00:00Z', duration: 5.2, channels: 1 },
    results: {
      channels: [
        {
          alternatives: [
            {
              transcript: 'Grace to you. And peace.',
              confidence: 0.98,
              words,
              paragraphs: {
                transcript: '',
                paragraphs: [
                  { start: 0.32, end: 1.4 },
                  { start: 3.1, end: 4.02 },
                ],
              },
            },
          ],
        },
      ],
      utterances: [{ start: 0.32, end: 1.4, transcript: 'Grace to you.' }],
    },
  }
}

const spoken = [
  { word: 'grace', punctuated_word: 'Grace', start: 0.32, end: 0.72, confidence: 0.99 },
  { word: 'to', punctuated_word: 'to', start: 0.72, end: 0.9, confidence: 0.97 },
  { word: 'you', punctuated_word: 'you.', start: 0.88, end: 1.4, confidence: 0.95 },
  { word: 'and', punctuated_word: 'And', start: 3.1, end: 3.4, confidence: 0.99 },
  { word: 'peace', punctuated_word: 'peace.', start: 3.4, end: 4.02, confidence: 0.99 },
]

function transcribe(extra: { signal?: AbortSignal; keyterms?: string[] } = {}) {
  return transcribeWithDeepgram(settings, { filePath, contentType: 'audio/mp4', durationMs: 5200, ...extra })
}

describe('a transcription', () => {
  it('sends the whole file under its own type with the key, model and options', async () => {
    await transcribe({ keyterms: ['Habakkuk', 'Selah Chapel'] })
    const [request] = received
    expect(request?.method).toBe('POST')
    expect(request?.url.pathname).toBe('/v1/listen')
    expect(request?.headers.authorization).toBe('Token key-for-tests')
    expect(request?.headers['content-type']).toBe('audio/mp4')
    expect(request?.bytes).toBe(AUDIO_BYTES)
    expect(Object.fromEntries(request?.url.searchParams ?? [])).toMatchObject({
      model: 'nova-3',
      language: 'en',
      smart_format: 'true',
      paragraphs: 'true',
      utterances: 'true',
    })
    expect(request?.url.searchParams.getAll('keyterm')).toEqual(['Habakkuk', 'Selah Chapel'])
  })

  it('becomes words with times in order, sentences and paragraphs', async () => {
    const transcript = await transcribe()
    expect(transcriptSchema.parse(transcript)).toEqual(transcript)
    expect(transcript).toMatchObject({ source: 'deepgram', language: 'en', isDraft: false, timing: 'words' })
    expect(transcript.words[1]).toEqual({ text: 'to', startMs: 720, endMs: 880, confidence: 0.97 })
    const ranges = [
      { firstWord: 0, lastWord: 2 },
      { firstWord: 3, lastWord: 4 },
    ]
    expect(transcript.sentences).toEqual(ranges)
    expect(transcript.paragraphs).toEqual(ranges)
  })

  it('without words reports that there is no speech', async () => {
    answer = (response) => json(response, 200, reply([]))
    await expect(transcribe()).rejects.toMatchObject({ reason: 'transcriber.no_speech', retryable: false })
  })
})

describe('a failure', () => {
  it.each([
    [400, 'transcriber.refused_audio', false],
    [401, 'transcriber.key_refused', false],
    [402, 'transcriber.no_credit', false],
    [403, 'transcriber.key_refused', false],
    [413, 'transcriber.refused_audio', false],
    [429, 'transcriber.busy', true],
    [500, 'transcriber.failed', true],
    [503, 'transcriber.failed', true],
    [504, 'transcriber.timeout', true],
  ])('with status %i is %s, retryable: %s, after one request', async (status, reason, retryable) => {
    answer = (response) =>
      json(response, status, { err_code: 'X', err_msg: 'secret detail', request_id: '1' })
    const error = await transcribe().catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'TranscriberError', reason, retryable })
    expect(String(error)).not.toContain('secret detail')
    expect(received).toHaveLength(1)
  })

  it('keeps the wait that the service requested', async () => {
    answer = (response) => json(response, 429, { err_code: 'TOO_MANY_REQUESTS' }, { 'retry-after': '17' })
    await expect(transcribe()).rejects.toMatchObject({ reason: 'transcriber.busy', retryAfterMs: 17_000 })
  })

  it.each([
    ['cut JSON', '{"results": {"channels": [{"alter'],
    ['a web page', '<html>Bad gateway</html>'],
    ['nothing', ''],
    ['another shape', '{"results":{"channels":[]}}'],
    ['words without times', JSON.stringify(reply([{ word: 'grace' }]))],
    ['the acceptance of a callback', '{"request_id":"b6ba4bd6"}'],
  ])('that is %s with status 200 is an unreadable reply', async (_name, body) => {
    answer = (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    await expect(transcribe()).rejects.toMatchObject({ reason: 'transcriber.bad_reply', retryable: true })
  })

  it('by a dropped connection is reported as an unreachable service', async () => {
    answer = (response) => response.destroy()
    await expect(transcribe()).rejects.toMatchObject({ reason: 'transcriber.unreachable', retryable: true })
  })

  it('by a truncated body is reported as an unreachable service', async () => {
    answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
      response.write('{"results":', () => response.destroy())
    }
    await expect(transcribe()).rejects.toMatchObject({ retryable: true })
  })

  it('by a server that is not running is reported as an unreachable service', async () => {
    settings = { ...settings, baseUrl: 'http://127.0.0.1:9' }
    await expect(transcribe()).rejects.toMatchObject({ reason: 'transcriber.unreachable' })
  })

  it.each([
    ['headers never come', () => {}],
    ['the body never ends', (response: ServerResponse) => response.writeHead(200).write('{"results":')],
  ])('by waiting too long, when %s, ends at the time limit', async (_name, slow) => {
    settings = { ...settings, timeoutMs: 700 }
    answer = slow
    await expect(transcribe()).rejects.toMatchObject({ reason: 'transcriber.timeout', retryable: true })
  })

  it('by an abort rejects immediately with the reason of the abort', async () => {
    const controller = new AbortController()
    answer = () => controller.abort(new Error('cancelled by the pastor'))
    await expect(transcribe({ signal: controller.signal })).rejects.toThrow('cancelled by the pastor')
  })
})
