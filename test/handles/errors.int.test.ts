import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Call, expectError, type Outside, owner, startOutside } from '#test/handles/start-outside.ts'

const unknownId = randomUUID()
let outside: Outside

vi.setConfig({ testTimeout: 180_000 })

beforeAll(async () => {
  // Each test sets its client address, like a reverse proxy.
  outside = await startOutside({ SELAH_TRUST_PROXY: 'on' })
}, 600_000)

afterAll(() => outside?.stop())

describe('every error has the same form', () => {
  test.each([
    ['an unknown address', 'GET', '/api/v1/nothing', {}, 404],
    ['an address above the version', 'GET', '/api', {}, 404],
    ['an unknown address with a body', 'POST', '/api/v1/sermons/a/b/c/d', { body: {} }, 404],
    ['a method that the address does not support', 'DELETE', '/api/v1/sermons', {}, 405],
    ['a GET of an address that supports only POST', 'GET', '/api/v1/ask', {}, 405],
    ['a POST to health', 'POST', '/api/health', {}, 405],
    ['an invalid id', 'GET', '/api/v1/sermons/none', {}, 404],
    ['an unknown id', 'GET', `/api/v1/sermons/${unknownId}`, {}, 404],
    ['a playlist of an unknown sermon', 'GET', `/api/v1/sermons/${unknownId}/hls/master.m3u8`, {}, 404],
    ['captions of an unknown sermon', 'GET', `/api/v1/sermons/${unknownId}/transcript.vtt`, {}, 404],
    ['an address that is not text', 'GET', '/api/v1/sermons/%ff', {}, 400],
    ['a limit that is not a number', 'GET', '/api/v1/sermons?limit=many', {}, 400],
    ['a limit of 0', 'GET', '/api/v1/sermons?limit=0', {}, 400],
    ['a limit that is too high', 'GET', '/api/v1/sermons?limit=100000', {}, 400],
    ['an invalid cursor', 'GET', '/api/v1/sermons?cursor=made-up', {}, 400],
    ['a cursor of another list', 'GET', '/api/v1/sermons?cursor=WzEsMl0', {}, 400],
    ['a search text that is too long', 'GET', `/api/v1/search?q=${'a'.repeat(5000)}`, {}, 400],
    ['an address that is too long', 'GET', `/api/v1/search?q=${'a'.repeat(60_000)}`, {}, 431],
    ['a question that is not JSON', 'POST', '/api/v1/ask', { raw: '{"question":' }, 400],
    ['a question that is a list', 'POST', '/api/v1/ask', { body: ['why'] }, 400],
    ['an empty question', 'POST', '/api/v1/ask', { body: { question: '  ' } }, 400],
    [
      'a question with an invalid sermon id',
      'POST',
      '/api/v1/ask',
      { body: { question: 'why', sermonId: '1' } },
      400,
    ],
    ['a body that is too large', 'POST', '/api/v1/ask', { raw: ' '.repeat(1_100_000) }, 413],
    ['a sermon without a token', 'POST', '/api/v1/sermons', { body: { title: 'x' } }, 401],
    ['an unknown token', 'GET', '/api/v1/sermons', { token: 'selah_made-up' }, 401],
    [
      'another kind of credentials',
      'GET',
      '/api/v1/sermons',
      { headers: { authorization: 'Basic eA==' } },
      401,
    ],
    ['a wrong password', 'POST', '/api/v1/login', { body: { ...owner, password: 'guess' } }, 401],
    [
      'an unknown email address',
      'POST',
      '/api/v1/login',
      { body: { ...owner, email: 'no@selah.test' } },
      401,
    ],
  ] satisfies [string, string, string, Call, number][])(
    '%s',
    async (_what, method, address, given, status) => {
      await expectError(await outside.call(method, address, given), status)
    },
  )

  test('the answer to a refused method lists the supported ones', async () => {
    const response = await outside.call('PUT', '/api/v1/sermons')
    expect(response.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
  })

  test('a body of unknown length is refused at the limit', async () => {
    const pieces = Array.from({ length: 48 }, () => new Uint8Array(64 * 1024))
    const body = new ReadableStream({
      pull(controller) {
        const piece = pieces.pop()
        if (piece) controller.enqueue(piece)
        else controller.close()
      },
    })
    const init = { method: 'POST', body, duplex: 'half' }
    await expectError(await fetch(new URL('/api/v1/ask', outside.url), init), 413)
  })
})

test('health lists every service with its mode and state', async () => {
  const response = await outside.call('GET', '/api/health')
  expect(response.status).toBe(200)
  const local = (state: unknown = 'ok') => ({ mode: 'local', state })
  expect(await response.json()).toMatchObject({
    status: 'ok',
    services: {
      database: local(),
      storage: local(),
      jobs: local(),
      speech: local(expect.stringMatching(/^(ok|off)$/)),
      embeddings: local(),
      answers: local(),
    },
  })
})

test('every page limits which scripts run and which sites may frame it', async () => {
  const { headers } = await outside.call('GET', '/')
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('content-security-policy')).toContain("object-src 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('password guesses for many addresses are limited, by the API and by the form together', async () => {
  const from = { 'x-forwarded-for': '203.0.113.9' }
  const guess = (email: string) =>
    outside.call('POST', '/api/v1/login', { body: { email, password: 'a guess' }, headers: from })
  // Another guess is allowed every ten seconds; the request below must not be that one.
  const refused = await vi.waitUntil(
    async () => {
      const response = await guess(`${randomUUID()}@selah.test`)
      return Number(response.headers.get('retry-after')) > 5 && response
    },
    { timeout: 150_000, interval: 100 },
  )
  await expectError(refused, 429, 'rate_limited')
  const form = await outside.call('POST', '/api/session', {
    body: owner,
    headers: { ...from, accept: 'application/json', origin: outside.url },
  })
  await expectError(form, 429, 'rate_limited')
  const elsewhere = await outside.call('POST', '/api/v1/login', {
    body: owner,
    headers: { 'x-forwarded-for': '203.0.113.10' },
  })
  expect(elsewhere.status).toBe(201)
})
