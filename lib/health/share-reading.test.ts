import { expect, test } from 'vitest'
import { shareReading } from './share-reading.ts'

test('requests of the same moment share one reading, and a later one reads again', async () => {
  let nowMs = 0
  let reads = 0
  const read = shareReading(
    async () => {
      reads += 1
      return reads
    },
    { maxAgeMs: 1_000, nowMs: () => nowMs },
  )
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1])
  nowMs = 1_000
  expect(await read()).toBe(1)
  nowMs = 1_001
  expect(await read()).toBe(2)
})

test('a failed reading is not kept for longer than another', async () => {
  let nowMs = 0
  let fails = true
  const read = shareReading(
    async () => {
      if (fails) throw new Error('not now')
      return 'here'
    },
    { maxAgeMs: 1_000, nowMs: () => nowMs },
  )
  await expect(read()).rejects.toThrow('not now')
  fails = false
  nowMs = 1_001
  expect(await read()).toBe('here')
})
