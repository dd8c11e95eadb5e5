import { describe, expect, it } from 'vitest'
import { unrollCues } from './unroll-cues.ts'

const cues = (lines: readonly (string | string[])[], lengthMs = 2000) =>
  lines.map((text, index) => ({
    startMs: index * lengthMs,
    endMs: (index + 1) * lengthMs,
    lines: [text].flat(),
  }))
const spoken = (given: ReturnType<typeof cues>) =>
  unrollCues(given)
    .flatMap(({ lines }) => lines)
    .join(' ')

describe('captions that repeat themselves are read once', () => {
  it('scrolling by one line', () => {
    expect(spoken(cues([['one'], ['one', 'two'], ['two', 'three'], ['three', 'four']]))).toBe(
      'one two three four',
    )
  })

  it('scrolling by one of three lines', () => {
    const rolling = [['a'], ['a', 'b'], ['a', 'b', 'c'], ['b', 'c', 'd'], ['c', 'd', 'e'], ['d', 'e', 'f']]
    expect(spoken(cues(rolling))).toBe('a b c d e f')
  })

  it('a few of YouTube, in which the finished line is shown for a moment', () => {
    const at = (startMs: number, endMs: number, ...lines: string[]) => ({ startMs, endMs, lines })
    const youtube = [
      at(160, 2070, 'good morning'),
      at(2070, 2080, 'good morning'),
      at(2080, 4309, 'good morning', 'please turn'),
      at(4309, 4319, 'please turn'),
    ]
    expect(spoken(youtube)).toBe('good morning please turn')
    expect(unrollCues(youtube).map(({ startMs }) => startMs)).toEqual([160, 2080])
  })

  it('growing by each word', () => {
    const growing = ['Grace', 'Grace to', 'Grace to you', 'Let', 'Let us', 'Let us pray']
    expect(spoken(cues(growing))).toBe('Grace to you Let us pray')
  })
})

describe('what is sung or said again is kept', () => {
  it.each([
    ['a whole cue', ['Lord, have mercy.', 'Lord, have mercy.', 'Lord, have mercy.', 'Amen.']],
    ['at the end of each cue', ['To him\nfor ever', 'Who made\nfor ever', 'Who led\nfor ever', 'Amen']],
    [
      'at the beginning of some',
      ['Amen', 'Amen, brothers', 'Let us go', 'The Lord', 'The Lord is near', 'So go'],
    ],
    ['twice in a few cues', ['Come\nHoly', 'Holy\nis he', 'Amen']],
  ])('%s', (_, lines) => {
    const given = cues(lines.map((text) => text.split('\n')))
    expect(unrollCues(given)).toEqual(given)
  })
})
