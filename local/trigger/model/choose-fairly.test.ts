import { expect, it } from 'vitest'

import { chooseFairly, type SubQueue } from './choose-fairly.ts'

/** Chooses `slots` runs in each round. All of them end before the next round. */
function serve(subQueues: SubQueue<string>[], rounds: number, slots = 1): string[] {
  const served = new Map<string, number>()
  let clock = 0
  const order: string[] = []
  for (let round = 0; round < rounds; round++) {
    const running = new Map<string, number>()
    const chosen = chooseFairly({
      subQueues,
      free: slots,
      running: (name) => running.get(name) ?? 0,
      servedAt: (name) => served.get(name) ?? 0,
      take: () => true,
      onServed: (name) => {
        served.set(name, ++clock)
        running.set(name, (running.get(name) ?? 0) + 1)
      },
    })
    for (const subQueue of subQueues) subQueue.runs = subQueue.runs.filter((run) => !chosen.includes(run))
    order.push(...chosen)
  }
  return order
}

it('serves a church with one run second although another has many older runs', () => {
  const subQueues = [
    { name: 'large', owner: 'large', runs: Array.from({ length: 50 }, (_, index) => `large ${index}`) },
    { name: 'small', owner: 'small', runs: ['small 0'] },
  ]
  expect(serve(subQueues, 2)).toEqual(['large 0', 'small 0'])
})

it('serves a church with one sub-queue second although another has a sub-queue per sermon', () => {
  const sermons = Array.from({ length: 50 }, (_, at) => ({
    name: `large/${at}`,
    owner: 'large',
    runs: [`large ${at}`],
  }))
  const subQueues = [...sermons, { name: 'small/0', owner: 'small', runs: ['small 0', 'small 1'] }]
  expect(serve(subQueues, 4)).toEqual(['large 0', 'small 0', 'large 1', 'small 1'])
})

it('keeps the order within a sub-queue', () => {
  const subQueues = [{ name: 'one', owner: 'one', runs: ['a', 'b', 'c'] }]
  expect(serve(subQueues, 3)).toEqual(['a', 'b', 'c'])
})

it('gives free slots to different sub-queues before it gives one of them a second slot', () => {
  const subQueues = [
    { name: 'one', owner: 'one', runs: ['a1', 'a2'] },
    { name: 'two', owner: 'two', runs: ['b1', 'b2'] },
  ]
  expect(serve(subQueues, 1, 3)).toEqual(['a1', 'b1', 'a2'])
})

it('skips a sub-queue whose first run has no slot', () => {
  const chosen = chooseFairly({
    subQueues: [
      { name: 'full', owner: 'full', runs: ['x', 'y'] },
      { name: 'open', owner: 'open', runs: ['z'] },
    ],
    free: 3,
    running: () => 0,
    servedAt: () => 0,
    take: (run) => run === 'z',
    onServed: () => {},
  })
  expect(chosen).toEqual(['z'])
})
