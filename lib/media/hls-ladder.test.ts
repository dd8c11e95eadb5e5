import { describe, expect, it } from 'vitest'
import { chooseLadder, DEFAULT_RENDITION, splitLadder } from './hls-ladder.ts'

describe('chooseLadder', () => {
  it('keeps a mono source mono', () => {
    expect(chooseLadder({ channels: 1 }).every((rendition) => rendition.channels === 1)).toBe(true)
  })

  it.each([1, 2, 6])('always has the default rendition (%i channels)', (channels) => {
    expect(chooseLadder({ channels }).map(({ name }) => name)).toContain(DEFAULT_RENDITION)
  })
})

describe('splitLadder', () => {
  it('gives the most expensive stereo rendition its own process', () => {
    const names = splitLadder(chooseLadder({ channels: 2 })).map((group) => group.map(({ name }) => name))
    expect(names).toEqual([['128k'], ['96k', '48k']])
  })

  it('never makes an empty group', () => {
    expect(splitLadder(chooseLadder({ channels: 1 }).slice(0, 1))).toHaveLength(1)
  })
})
