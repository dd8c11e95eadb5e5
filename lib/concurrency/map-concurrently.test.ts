import { expect, test } from 'vitest'
import { mapConcurrently } from './map-concurrently.ts'

test('at most the limit is in progress, and results keep the order of the items', async () => {
  let inProgress = 0
  let most = 0
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
  const mapped = mapConcurrently(gates, 2, async (gate, index) => {
    inProgress += 1
    most = Math.max(most, inProgress)
    await gate.promise
    inProgress -= 1
    return index * 10
  })
  // The second ends before the first, and so on.
  for (const index of [1, 0, 3, 2, 4]) gates[index]?.resolve()
  expect(await mapped).toEqual([0, 10, 20, 30, 40])
  expect(most).toBe(2)
})

test('a failure starts nothing more, and is thrown when the calls in progress have ended', async () => {
  const started: number[] = []
  const ended: number[] = []
  const failing = Promise.withResolvers<void>()
  const slow = Promise.withResolvers<void>()
  const mapped = mapConcurrently([0, 1, 2, 3], 2, async (item) => {
    started.push(item)
    await (item === 0 ? failing : slow).promise
    ended.push(item)
  })
  failing.reject(new Error('first'))
  await failing.promise.catch(() => undefined)
  slow.resolve()
  await expect(mapped).rejects.toThrow('first')
  expect(started).toEqual([0, 1])
  expect(ended).toEqual([1])
})
