import { expect, it } from 'vitest'

import { chooseFairly, type Line } from './choose-fairly.ts'

/** Serves runs one after the other with `slots` places, each run ending before the next is chosen. */
function serve(lines: Line<string>[], rounds: number, slots = 1): string[] {
  const served = new Map<string, number>()
  let clock = 0
  const order: string[] = []
  for (let round = 0; round < rounds; round++) {
    const running = new Map<string, number>()
    const chosen = chooseFairly({
      lines,
      free: slots,
      running: (line) => running.get(line) ?? 0,
      servedAt: (line) => served.get(line) ?? 0,
      take: () => true,
      onServed: (line) => {
        served.set(line, ++clock)
        running.set(line, (running.get(line) ?? 0) + 1)
      },
    })
    for (const line of lines) line.runs = line.runs.filter((run) => !chosen.includes(run))
    order.push(...chosen)
  }
  return order
}

it('serves a church with one run soon although another has many older ones', () => {
  const lines = [
    { name: 'large', share: 'large', runs: Array.from({ length: 50 }, (_, index) => `large ${index}`) },
    { name: 'small', share: 'small', runs: ['small 0'] },
  ]
  expect(serve(lines, 2)).toEqual(['large 0', 'small 0'])
})

it('serves a church with one line soon although another has a line for each of its sermons', () => {
  const sermons = Array.from({ length: 50 }, (_, at) => ({
    name: `large/${at}`,
    share: 'large',
    runs: [`large ${at}`],
  }))
  const lines = [...sermons, { name: 'small/0', share: 'small', runs: ['small 0', 'small 1'] }]
  expect(serve(lines, 4)).toEqual(['large 0', 'small 0', 'large 1', 'small 1'])
})

it('keeps the order within a line', () => {
  const lines = [{ name: 'one', share: 'one', runs: ['a', 'b', 'c'] }]
  expect(serve(lines, 3)).toEqual(['a', 'b', 'c'])
})

it('gives several free places to several lines before giving a line its second', () => {
  const lines = [
    { name: 'one', share: 'one', runs: ['a1', 'a2'] },
    { name: 'two', share: 'two', runs: ['b1', 'b2'] },
  ]
  expect(serve(lines, 1, 3)).toEqual(['a1', 'b1', 'a2'])
})

it('passes over a line whose head has no place', () => {
  const chosen = chooseFairly({
    lines: [
      { name: 'full', share: 'full', runs: ['x', 'y'] },
      { name: 'open', share: 'open', runs: ['z'] },
    ],
    free: 3,
    running: () => 0,
    servedAt: () => 0,
    take: (run) => run === 'z',
    onServed: () => {},
  })
  expect(chosen).toEqual(['z'])
})
