import { expect, test } from 'vitest'
import { timesAtEdge } from './part-player.ts'

test('the first seconds after the start and the last before the end are played', () => {
  const part = { startMs: 100_000, endMs: 900_000 }
  expect(timesAtEdge('start', part)).toEqual({ fromMs: 100_000, toMs: 112_000 })
  expect(timesAtEdge('end', part)).toEqual({ fromMs: 894_000, toMs: 900_000 })
})

test('nothing outside of a short part is played', () => {
  const part = { startMs: 100_000, endMs: 103_000 }
  expect(timesAtEdge('start', part)).toEqual({ fromMs: 100_000, toMs: 103_000 })
  expect(timesAtEdge('end', part)).toEqual({ fromMs: 100_000, toMs: 103_000 })
})
