import { expect, it } from 'vitest'

import { Slots } from './slots.ts'

const pools = [
  { id: 'host', limit: 3 },
  { id: 'queue', limit: 1 },
]

it('is full when its smallest pool is full, and has a slot again when the run releases its slots', () => {
  const slots = new Slots()
  expect(slots.findFull(pools)).toBeUndefined()
  slots.take('one', pools)
  expect(slots.findFull(pools)?.id).toBe('queue')
  slots.release('one')
  slots.release('one')
  expect(slots.findFull(pools)).toBeUndefined()
  expect(slots.count('host')).toBe(0)
})

it('counts a run once however often it takes its slots', () => {
  const slots = new Slots()
  slots.take('one', pools)
  slots.take('one', [...pools, ...pools])
  expect(slots.count('queue')).toBe(1)
})

it('can release all slots but one', () => {
  const slots = new Slots()
  slots.take('one', pools)
  slots.release('one', (pool) => pool !== 'host')
  expect([slots.count('host'), slots.count('queue')]).toEqual([1, 0])
  expect(slots.holds('one')).toBe(true)
  slots.release('one')
  expect(slots.count('host')).toBe(0)
})
