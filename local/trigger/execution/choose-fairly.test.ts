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
    { name: 'large', runs: Array.from({ length: 50 }, (_, index) => `large ${index}`) },
    { name: 'small', runs: ['small 0'] },
  ]
  expect(serve(lines, 2)).toEqual(['large 0', 'small 0'])
})

it('keeps the order within a line', () => {
  const lines = [{ name: 'one', runs: ['a', 'b', 'c'] }]
  expect(serve(lines, 3)).toEqual(['a', 'b', 'c'])
})

it('gives several free places to several lines before giving a line its second', () => {
  const lines = [
    { name: 'one', runs: ['a1', 'a2'] },
    { name: 'two', runs: ['b1', 'b2'] },
  ]
  expect(serve(lines, 1, 3)).toEqual(['a1', 'b1', 'a2'])
})

it('passes over a line whose head has no place', () => {
  const chosen = chooseFairly({
    lines: [
      { name: 'full', runs: ['x', 'y'] },
      { name: 'open', runs: ['z'] },
    ],
    free: 3,
    running: () => 0,
    servedAt: () => 0,
    take: (run) => run === 'z',
    onServed: () => {},
  })
  expect(chosen).toEqual(['z'])
})
