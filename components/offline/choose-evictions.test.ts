import { describe, expect, it } from 'vitest'
import { chooseEvictions, type KeptSermon } from './choose-evictions.ts'

const kept = (id: string, fields: Partial<KeptSermon> = {}): KeptSermon => ({
  id,
  sizeBytes: 40,
  savedAtMs: 1000,
  listenedAtMs: 0,
  isFinished: false,
  ...fields,
})

describe('the sermons that make room for another one', () => {
  const saved = [
    kept('heard lately', { listenedAtMs: 9000 }),
    kept('old'),
    kept('finished', { listenedAtMs: 9500, isFinished: true }),
  ]
  const choose = (neededBytes: number, playingId: string | null = null) =>
    chooseEvictions(saved, { neededBytes, limitBytes: 150, playingId })

  it('are none while there is room', () => expect(choose(30)).toEqual([]))
  it('are the finished ones first', () => expect(choose(60)).toEqual(['finished']))
  it('are then those that were used the longest time ago', () =>
    expect(choose(100)).toEqual(['finished', 'old']))
  it('never include the one that plays', () =>
    expect(choose(100, 'finished')).toEqual(['old', 'heard lately']))
  it('are not removed when that would not be enough', () => {
    expect(choose(151)).toBeNull()
    expect(choose(140, 'old')).toBeNull()
  })
})
