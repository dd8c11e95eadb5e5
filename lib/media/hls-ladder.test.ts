import { describe, expect, it } from 'vitest'
import { chooseLadder, DEFAULT_RENDITION } from './hls-ladder.ts'

describe('chooseLadder', () => {
  it('keeps a mono source mono', () => {
    expect(chooseLadder({ channels: 1 }).every((rendition) => rendition.channels === 1)).toBe(true)
  })

  it.each([1, 2, 6])('always has the default rendition (%i channels)', (channels) => {
    expect(chooseLadder({ channels }).map(({ name }) => name)).toContain(DEFAULT_RENDITION)
  })
})
