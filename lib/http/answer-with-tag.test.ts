import { expect, test } from 'vitest'
import { answerWithTag } from './answer-with-tag.ts'

const ask = (headers: Record<string, string> = {}, method = 'GET') =>
  answerWithTag(new Request('http://localhost/feed', { method, headers }), {
    body: 'Grace – peace',
    contentType: 'text/plain; charset=utf-8',
    cacheControl: 'public, no-cache',
  })

test('a caller who has the content gets 304, also with a weak tag or several', async () => {
  const first = await ask()
  const tag = first.headers.get('etag') ?? ''
  expect(await first.text()).toBe('Grace – peace')
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
    const again = await ask({ 'if-none-match': known })
    expect(again.status, known).toBe(304)
    expect(again.headers.get('etag')).toBe(tag)
    expect(await again.text()).toBe('')
  }
  expect((await ask({ 'if-none-match': '"other"' })).status).toBe(200)
})

test('HEAD gets the length in bytes and no content', async () => {
  const head = await ask({}, 'HEAD')
  expect(head.headers.get('content-length')).toBe('15')
  expect(await head.text()).toBe('')
})

test('content that is expensive to make is not made for a caller who has it', async () => {
  let made = 0
  const answer = async (known: string) =>
    answerWithTag(new Request('http://localhost/art', { headers: { 'if-none-match': known } }), {
      tag: '"one"',
      body: async () => {
        made += 1
        return new Uint8Array([1])
      },
      contentType: 'image/jpeg',
      cacheControl: 'public, max-age=3600',
    })
  expect((await answer('"one"')).status).toBe(304)
  expect(made).toBe(0)
  expect((await answer('"two"')).status).toBe(200)
  expect(made).toBe(1)
})
