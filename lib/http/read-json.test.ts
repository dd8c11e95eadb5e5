import { expect, test } from 'vitest'
import { readJson } from './read-json.ts'

const post = (body: string | null, headers: Record<string, string> = {}) =>
  new Request('http://localhost/', { method: 'POST', body, headers })

test('reads the body; without one, an empty object', async () => {
  expect(await readJson(post('{"at":"2026-12-24"}'))).toEqual({ at: '2026-12-24' })
  expect(await readJson(post('\ufeff{"title":"Gnade für alle"}'))).toEqual({ title: 'Gnade für alle' })
  expect(await readJson(post(null))).toEqual({})
  expect(await readJson(post(' \n'))).toEqual({})
})

test('an incomplete body is never read as an empty one', async () => {
  for (const arrived of ['', '{', '{"at":"2026-12']) {
    await expect(readJson(post(arrived, { 'content-length': '33' }))).rejects.toMatchObject({
      code: 'bad_request',
    })
  }
})

test('a body that is not JSON, or is too large, is refused', async () => {
  await expect(readJson(post('{at:'))).rejects.toMatchObject({ code: 'bad_request' })
  await expect(readJson(post(`"${'a'.repeat(1024 * 1024)}"`))).rejects.toMatchObject({ code: 'too_large' })
})
