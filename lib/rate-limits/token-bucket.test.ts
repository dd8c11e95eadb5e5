import { expect, it } from 'vitest'
import { createTokenBucket } from './token-bucket.ts'

it('lets each key through as often as allowed, and again after the wait it names', () => {
  const bucket = createTokenBucket({ capacity: 2, refillMs: 1000 })
  expect(bucket.take('a', 0).allowed).toBe(true)
  expect(bucket.take('a', 0).allowed).toBe(true)
  expect(bucket.take('a', 250)).toEqual({ allowed: false, retryAfterMs: 750 })
  expect(bucket.take('b', 250).allowed).toBe(true)
  expect(bucket.take('a', 1000).allowed).toBe(true)
  expect(bucket.take('a', 1000).allowed).toBe(false)
})

it('never holds more than the capacity, and forgets the keys longest unused', () => {
  const bucket = createTokenBucket({ capacity: 1, refillMs: 1000 })
  expect(bucket.take('a', 0).allowed).toBe(true)
  for (let key = 0; key < 10_001; key += 1) bucket.take(`k${key}`, 0)
  expect(bucket.take('a', 0).allowed).toBe(true)
  expect(bucket.take('a', 60_000).allowed).toBe(true)
  expect(bucket.take('a', 60_000).allowed).toBe(false)
})

it('has again what was given back, and never more than it holds', () => {
  const bucket = createTokenBucket({ capacity: 1, refillMs: 1000 })
  expect(bucket.take('a', 0)).toEqual({ allowed: true })
  bucket.giveBack('a')
  bucket.giveBack('a')
  bucket.giveBack('unknown')
  expect(bucket.take('a', 0)).toEqual({ allowed: true })
  expect(bucket.take('a', 0)).toEqual({ allowed: false, retryAfterMs: 1000 })
})
