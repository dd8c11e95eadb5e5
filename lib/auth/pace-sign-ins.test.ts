import { expect, it } from 'vitest'
import { AppError } from '#lib/errors.ts'
import { paceSignIns } from './pace-sign-ins.ts'

const client = (key: string) => ({ key, isShared: false })
const right = async () => 'signed in'
const wrong = async () => {
  throw new AppError('not_signed_in', 'Not right.')
}
const away = async () => {
  throw new AppError('unavailable', 'Not now.')
}
const ends = (attempts: Promise<string>[]) =>
  Promise.all(attempts.map((attempt) => attempt.catch((error: AppError) => error.code)))

it('lets a client guess wrong thirty times, even all at once, and then once in ten seconds', async () => {
  let nowMs = 1_000_000
  const now = () => nowMs
  const guesser = client('guesser')
  const codes = await ends(Array.from({ length: 50 }, () => paceSignIns(guesser, wrong, now)))
  expect(codes.filter((code) => code === 'not_signed_in')).toHaveLength(30)
  expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(20)
  await expect(paceSignIns(guesser, right, now)).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterMs: 10_000,
  })
  expect(await paceSignIns(client('somebody else'), right, now)).toBe('signed in')
  nowMs += 10_000
  expect(await paceSignIns(guesser, right, now)).toBe('signed in')
  expect(await ends([paceSignIns(guesser, wrong, now), paceSignIns(guesser, wrong, now)])).toEqual([
    'not_signed_in',
    'rate_limited',
  ])
})

it('counts neither a correct password nor an auth server that is unreachable', async () => {
  const script = client('script')
  for (let attempt = 0; attempt < 100; attempt += 1) {
    expect(await paceSignIns(script, right)).toBe('signed in')
    expect(await ends([paceSignIns(script, away)])).toEqual(['unavailable'])
  }
})

it('bears twenty times as much from an address that many share', async () => {
  const proxy = { key: 'proxy', isShared: true }
  const now = () => 1_000_000
  const codes = await ends(Array.from({ length: 601 }, () => paceSignIns(proxy, wrong, now)))
  expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(1)
})
