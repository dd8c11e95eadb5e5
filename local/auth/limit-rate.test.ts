import { expect, test } from 'vitest'
import { createRateLimits } from './limit-rate.ts'

test('the request after the last allowed one is refused until the window ends', () => {
  let nowMs = 0
  const limits = createRateLimits(() => nowMs)
  for (let count = 0; count < 3; count += 1) limits.take('one', 3, 60)
  expect(() => limits.take('one', 3, 60)).toThrow(/rate limit/)
  expect(() => limits.take('another', 3, 60)).not.toThrow()
  nowMs = 60_000
  expect(() => limits.take('one', 3, 60)).not.toThrow()
})

test('an uncounted request does not use up the limit', () => {
  const limits = createRateLimits(() => 0)
  limits.take('one', 2, 60)
  for (let count = 0; count < 10; count += 1) limits.take('one', 2, 60)()
  limits.take('one', 2, 60)
  expect(() => limits.take('one', 2, 60)).toThrow(/rate limit/)
})
