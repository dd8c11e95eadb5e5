import { beforeEach, expect, test } from 'vitest'
import { measureWaits, type Wait } from './measure-waits.ts'
import type { PlayerState } from './player-store.ts'

let waits: Wait[]
let see: ReturnType<typeof measureWaits>

beforeEach(() => {
  waits = []
  see = measureWaits((wait) => waits.push(wait))
})

const at = (
  nowMs: number,
  status: PlayerState['status'],
  more: { isStalled?: boolean; seekingToMs?: number | null; id?: string; isOnline?: boolean } = {},
) => {
  const { isStalled = false, seekingToMs = null, id = 'a.2', isOnline = true } = more
  see({ track: { id }, status, isStalled, seekingToMs }, nowMs, isOnline)
}

test('a start is the time from the press of play to sound', () => {
  at(100, 'loading')
  at(300, 'loading')
  at(450, 'playing')
  at(900, 'playing')
  expect(waits).toEqual([{ sermonId: 'a', kind: 'start', waitedMs: 350 }])
})

test('a start that is cancelled is none, and pressing play after a pause is the next one only if it loads', () => {
  at(0, 'loading')
  at(50, 'paused')
  at(5000, 'loading')
  at(5200, 'playing')
  at(6000, 'paused')
  at(7000, 'playing')
  expect(waits).toEqual([{ sermonId: 'a', kind: 'start', waitedMs: 200 }])
})

test.each([
  ['slow', {}],
  ['seek', { seekingToMs: 9000 }],
  ['offline', { isOnline: false }],
] as const)('a stall has the cause %s', (cause, more) => {
  at(0, 'playing')
  at(1000, 'playing', { isStalled: true, ...more })
  at(1700, 'playing')
  expect(waits).toEqual([{ sermonId: 'a', kind: 'stall', waitedMs: 700, cause }])
})

test('a stall in which the stream is requested again was caused by the server, and ends also when the player gives up', () => {
  at(0, 'playing')
  at(1000, 'playing', { isStalled: true })
  at(3000, 'loading', { isStalled: true })
  at(9000, 'failed')
  expect(waits).toEqual([{ sermonId: 'a', kind: 'stall', waitedMs: 8000, cause: 'server' }])
})

test('a gap that nobody notices, a pause in a stall, and another sermon are no stalls', () => {
  at(0, 'playing')
  at(100, 'playing', { isStalled: true })
  at(200, 'playing')
  at(300, 'playing', { isStalled: true })
  at(2000, 'paused')
  at(3000, 'playing')
  at(4000, 'playing', { isStalled: true })
  at(6000, 'loading', { id: 'b' })
  at(6100, 'playing', { id: 'b' })
  expect(waits).toEqual([{ sermonId: 'b', kind: 'start', waitedMs: 100 }])
})
