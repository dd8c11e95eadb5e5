import { createServer, type ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { portOf } from '#harness/ports.ts'
import { request } from '#test/answer-request.ts'
import { chooseAnswerer } from './choose-answerer.ts'
import { extractiveAnswerer } from './extractive-answerer.ts'
import { modelAnswerer } from './model-answerer.ts'

type ChatRequest = { model: string; messages: { role: string; content: string }[] }

const closers: (() => Promise<void>)[] = []
beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})
afterEach(async () => {
  vi.restoreAllMocks()
  for (const close of closers.splice(0)) await close()
})

/** A chat server on this machine and an answerer that uses it. */
async function startModelServer(
  answer: (body: ChatRequest, response: ServerResponse) => void,
  timeoutMs = 10_000,
) {
  const requests: ChatRequest[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as ChatRequest
      requests.push(body)
      answer(body, response)
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
  const answerer = modelAnswerer({
    apiKey: 'key',
    baseUrl: `http://127.0.0.1:${port}/v1`,
    model: 'chat',
    followsSchemas: false,
    fallback: extractiveAnswerer,
    timeoutMs,
  })
  return { answerer, requests }
}

/** Sends the parts of a reply as a compatible server streams them; without an end where `ends` is false. */
function streams(response: ServerResponse, parts: readonly string[], ends = true) {
  const event = (choice: object) =>
    `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'chat', choices: [{ index: 0, ...choice }] })}\n\n`
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const content of parts) response.write(event({ delta: { content }, finish_reason: null }))
  if (ends) response.end(`${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`)
}

function says(response: ServerResponse, content: unknown) {
  streams(response, [typeof content === 'string' ? content : JSON.stringify(content)])
}

const firstSentence = { candidate: 'p1', firstSentence: 0, lastSentence: 0 }
const withoutModel = await extractiveAnswerer.decide(request)

describe('the model answerer', () => {
  it('uses the sentences that the model chooses, and its joining words', async () => {
    const { answerer, requests } = await startModelServer((_, response) =>
      says(response, {
        answered: true,
        words: 'He says to pray.',
        quotes: [{ passage: 'p1', first: 0, last: 1 }],
      }),
    )
    expect(await answerer.decide(request)).toEqual({
      outcome: 'answered',
      picks: [{ candidate: 'p1', firstSentence: 0, lastSentence: 1 }],
      words: 'He says to pray.',
      note: null,
    })
    expect(answerer.id).toBe('model:chat')
    const user = requests[0]?.messages.find(({ role }) => role === 'user')
    const content = typeof user?.content === 'string' ? user.content : JSON.stringify(user?.content)
    expect(content).toContain('Take trouble to God.')
    expect(content).toContain('Who was Job?')
    // Transcripts and questions stay data: they never reach the part of the request that gives instructions.
    const system = requests[0]?.messages.filter(({ role }) => role !== 'user')
    expect(JSON.stringify(system)).not.toContain('church is closed')
    expect(JSON.stringify(system)).not.toContain('Who was Job?')
  })

  it('refuses when the model finds no answer, with the nearest moments', async () => {
    const { answerer } = await startModelServer((_, response) =>
      says(response, { answered: false, words: 'I think that…', quotes: [] }),
    )
    expect(await answerer.decide(request)).toEqual({
      outcome: 'refused',
      picks: [firstSentence, { candidate: 'p2', firstSentence: 0, lastSentence: 0 }],
      words: null,
      note: null,
    })
  })

  it('drops choices that do not exist and shortens those that are too long', async () => {
    const quotes = [
      { passage: 'p9', first: 0, last: 0 },
      { passage: 'p1', first: 2, last: 7 },
      { passage: 'p1', first: -1, last: 1 },
      { passage: 'p1', first: 2, last: 1 },
      { passage: 'p2', first: 1, last: 1 },
    ]
    const { answerer } = await startModelServer((_, response) =>
      says(response, { answered: true, words: null, quotes }),
    )
    expect((await answerer.decide(request)).picks).toEqual([
      { candidate: 'p2', firstSentence: 1, lastSentence: 1 },
    ])
  })

  it.each([
    'As he says: "God helps those who help themselves."',
    'He cries “Fear nothing at all”.',
    'word '.repeat(400),
  ])('drops joining words with an invented quote or of great length (%#)', async (words) => {
    const { answerer } = await startModelServer((_, response) =>
      says(response, { answered: true, words, quotes: [{ passage: 'p1', first: 0, last: 0 }] }),
    )
    expect(await answerer.decide(request)).toMatchObject({ picks: [firstSentence], words: null })
  })

  it.each<[string, unknown]>([
    ['no JSON', 'I am sorry, I cannot.'],
    ['another shape', { answer: 'Pray.' }],
    ['wrong types', { answered: 'yes', words: 3, quotes: 'p1' }],
    ['fractions', { answered: true, words: null, quotes: [{ passage: 'p1', first: 0.5, last: 1 }] }],
    ['an answer without quotes', { answered: true, words: 'Pray.', quotes: [] }],
    [
      'an answer with invented passages only',
      { answered: true, words: 'Pray.', quotes: [{ passage: 'x', first: 0, last: 0 }] },
    ],
    ['nothing', ''],
  ])('answers without the model, and says so, when it replies with %s', async (_, content) => {
    const { answerer } = await startModelServer((_body, response) => says(response, content))
    const verdict = await answerer.decide(request)
    expect(verdict).toMatchObject({ outcome: 'answered', picks: withoutModel.picks, words: null })
    expect(verdict.note).toContain('without it')
  })

  it.each([429, 500, 401])('answers without the model when its server says %i', async (status) => {
    const { answerer, requests } = await startModelServer((_, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}')
    })
    expect(await answerer.decide(request)).toMatchObject({ picks: withoutModel.picks, words: null })
    expect(requests).toHaveLength(1)
  })

  it.each<[string, (response: ServerResponse) => void]>([
    [
      'an answer that is cut off',
      (response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"id":"c1","choices":[{"mess'),
    ],
    [
      'a body that breaks off',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
        response.write('{"id":', () => response.destroy())
      },
    ],
    ['a connection that drops', (response) => response.destroy()],
  ])('answers without the model after %s', async (_, fail) => {
    const { answerer } = await startModelServer((_body, response) => fail(response))
    expect(await answerer.decide(request)).toMatchObject({ picks: withoutModel.picks, words: null })
  })

  it('does not wait for a body that never ends', async () => {
    const { answerer } = await startModelServer(
      (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":'),
      300,
    )
    expect((await answerer.decide(request)).note).toContain('without it')
  })

  it('does not wait for a slow model', async () => {
    const { answerer } = await startModelServer(() => {}, 100)
    expect((await answerer.decide(request)).note).toContain('without it')
  })

  it('passes each choice on as soon as it is complete, and never half a number', async () => {
    const seen: unknown[] = []
    let finish: () => void = () => {}
    const { answerer } = await startModelServer((_, response) => {
      streams(
        response,
        [
          '{"answered":true,"quotes":[{"passage":"p1","first":0,"last":0},{"passage":"p9",',
          '"first":0,"last":1},{"passage":"p1","first":1,"last":1',
        ],
        false,
      )
      finish = () => {
        const rest = { index: 0, delta: { content: '2}],"words":"So."}' }, finish_reason: 'stop' }
        response.end(
          `data: ${JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'chat', choices: [rest] })}\n\ndata: [DONE]\n\n`,
        )
      }
    })
    const verdict = await answerer.decide({
      ...request,
      onPicks: (picks) => {
        // The server ends its reply only when the first choice has arrived.
        if (seen.push(picks) === 1) finish()
      },
    })
    // The last quote ended in sentence 12, which does not exist; what was passed on stays true.
    expect(seen).toEqual([[firstSentence]])
    expect(verdict).toEqual({ outcome: 'answered', picks: [firstSentence], words: 'So.', note: null })
  })

  it('passes nothing on while the model has not said that the sermons answer', async () => {
    const onPicks = vi.fn()
    const { answerer } = await startModelServer((_, response) =>
      says(response, '{"quotes":[{"passage":"p1","first":0,"last":0}],"words":null,"answered":false}'),
    )
    expect(await answerer.decide({ ...request, onPicks })).toMatchObject({ outcome: 'refused' })
    expect(onPicks).not.toHaveBeenCalled()
  })

  it.each<[string, (response: ServerResponse) => void]>([
    ['breaks off', (response) => response.destroy()],
    ['stands still', () => {}],
    [
      'turns into nonsense',
      (response) => response.end('data: {"choices":[{"delta":{"content":"} oh"}}]}\n\n'),
    ],
  ])('keeps the choices that were made when the reply %s', async (_, fail) => {
    const { answerer } = await startModelServer((_body, response) => {
      const half = '{"answered":true,"quotes":[{"passage":"p1","first":1,"last":1},{"passage":'
      streams(response, [half], false)
      fails.push(() => fail(response))
    }, 1000)
    const fails: (() => void)[] = []
    const verdict = await answerer.decide({
      ...request,
      onPicks: () => fails.shift()?.(),
    })
    expect(verdict).toMatchObject({
      outcome: 'answered',
      picks: [{ candidate: 'p1', firstSentence: 1, lastSentence: 1 }],
      words: null,
    })
    expect(verdict.note).toContain('broke off')
  })

  it('stops when the caller aborts', async () => {
    const stop = new AbortController()
    const { answerer } = await startModelServer(() => stop.abort(new Error('gone away')))
    await expect(answerer.decide({ ...request, signal: stop.signal })).rejects.toThrow('gone away')
  })
})

describe('chooseAnswerer', () => {
  const env = { OPENAI_API_KEY: undefined, OPENAI_BASE_URL: undefined, OPENAI_CHAT_MODEL: 'm' }
  it('needs a key or a server to use a model', () => {
    expect(chooseAnswerer(env).id).toBe('extractive')
    expect(chooseAnswerer({ ...env, OPENAI_API_KEY: 'k' }).id).toBe('model:m')
    expect(chooseAnswerer({ ...env, OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' }).id).toBe('model:m')
  })
})
