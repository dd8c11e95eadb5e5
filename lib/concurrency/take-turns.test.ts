import { expect, test } from 'vitest'
import { takeTurns } from './take-turns.ts'

test('at most the limit runs, in the order of the calls, also after a failure', async () => {
  const inTurn = takeTurns(2)
  const started: number[] = []
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<number>())
  const calls = gates.map((gate, index) =>
    inTurn(() => {
      started.push(index)
      return gate.promise
    }),
  )
  const settled = Promise.allSettled(calls)
  expect(started).toEqual([0, 1])
  gates[1]?.reject(new Error('second'))
  await expect(calls[1]).rejects.toThrow('second')
  expect(started).toEqual([0, 1, 2])
  for (const [index, gate] of gates.entries()) gate.resolve(index)
  expect((await settled).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'fulfilled',
    'fulfilled',
    'fulfilled',
  ])
  expect(started).toEqual([0, 1, 2, 3, 4])
  expect(await inTurn(async () => 'free again')).toBe('free again')
})
