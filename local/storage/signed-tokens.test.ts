import { SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, expect, test, vi } from 'vitest'
import { createSignedTokens } from './signed-tokens.ts'

const secret = 's'.repeat(32)
const tokens = createSignedTokens(secret)
const right = { scope: 'download', url: 'media/a.mp3', upsert: false } as const

afterEach(() => {
  vi.useRealTimers()
})

test('a token is valid for its object and scope', async () => {
  const token = await tokens.sign(right, 60)
  expect(await tokens.verify(token, { scope: 'download', url: 'media/a.mp3' })).toMatchObject(right)
})

test('a token is not valid for another object or another scope', async () => {
  const token = await tokens.sign(right, 60)
  for (const expected of [
    { scope: 'download', url: 'media/b.mp3' },
    { scope: 'upload', url: 'media/a.mp3' },
  ] as const) {
    await expect(tokens.verify(token, expected)).rejects.toMatchObject({ code: 'InvalidSignature' })
  }
})

test('a token that was valid before is refused when it has expired, and for another object', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000_000_000 })
  const token = await tokens.sign(right, 60)
  await tokens.verify(token, { scope: 'download', url: right.url })
  vi.setSystemTime(1_000_000_059_000)
  expect(await tokens.verify(token, { scope: 'download', url: right.url })).toMatchObject(right)
  await expect(tokens.verify(token, { scope: 'download', url: 'media/b.mp3' })).rejects.toMatchObject({
    code: 'InvalidSignature',
  })
  vi.setSystemTime(1_000_000_060_000)
  await expect(tokens.verify(token, { scope: 'download', url: right.url })).rejects.toMatchObject({
    code: 'InvalidJWT',
  })
})

test('an expired, unsigned or foreign token is refused', async () => {
  const bad = [
    await tokens.sign(right, -1),
    await createSignedTokens('t'.repeat(32)).sign(right, 60),
    new UnsecuredJWT({ ...right }).setExpirationTime('1h').encode(),
    await new SignJWT({ sub: 'someone' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(secret)),
    'nonsense',
    '',
  ]
  for (const token of bad) {
    await expect(tokens.verify(token, { scope: 'download' })).rejects.toMatchObject({ code: 'InvalidJWT' })
  }
})
