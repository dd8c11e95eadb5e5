import { readFileSync } from 'node:fs'

import { expect, it } from 'vitest'

import { isFailure, isFinal, transitions } from './run-states.ts'

it('the diagram in the README shows every transition and no other', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const drawn = [...readme.matchAll(/^ {2}(\w+) --> (\w+): (\w+)$/gm)].map(
    ([, from, to, name]) => `${from} ${name} ${to}`,
  )
  const defined = Object.entries(transitions).flatMap(([name, { from, to }]) =>
    from.map((status) => `${status} ${name} ${to}`),
  )
  expect(drawn.toSorted()).toEqual(defined.toSorted())
})

it('no transition leaves a final status', () => {
  const left = Object.values(transitions).flatMap(({ from }) => from.filter((status) => isFinal(status)))
  expect(left).toEqual([])
})

it('a cancelled run keeps its idempotency key, a failed one does not', () => {
  expect([isFailure('CANCELED'), isFailure('COMPLETED'), isFailure('QUEUED')]).toEqual([false, false, false])
  expect(isFailure('CRASHED')).toBe(true)
})
