import { describe, expect, it } from 'vitest'
import { groupByStarts } from '#lib/transcripts/group-by-starts.ts'
import { groupParagraphs, listParagraphStarts } from '#lib/transcripts/group-paragraphs.ts'
import { followScroll } from './follow-scroll.ts'
import { type SentenceRange, sentenceAtTime, type TimedWord, wordAtTime } from './sentence-at-time.ts'

const words: TimedWord[] = [
  ['Be', 1000, 1200],
  ['still.', 1200, 1800],
  ['And', 3000, 3200],
  ['know', 3200, 3600],
  ['me.', 3600, 4000],
]
const sentences: SentenceRange[] = [
  [0, 1],
  [2, 4],
]

describe('the spoken sentence and word', () => {
  it.each([
    [0, -1],
    [1000, 0],
    [2500, 0],
    [3000, 1],
    [99_000, 1],
  ])('at %d ms is sentence %d', (ms, sentence) => expect(sentenceAtTime(words, sentences, ms)).toBe(sentence))

  it.each([
    [2999, -1],
    [3000, 2],
    [3599, 3],
    [9000, 4],
  ])('at %d ms is word %d of the second sentence', (ms, word) =>
    expect(wordAtTime(words, [2, 4], ms)).toBe(word),
  )

  it('is nowhere in an empty transcript', () => expect(sentenceAtTime([], [], 500)).toBe(-1))
})

describe('groupParagraphs', () => {
  const speech = (pausesAfter: number[], count: number): [TimedWord[], SentenceRange[]] => {
    const spoken: TimedWord[] = []
    const ranges: SentenceRange[] = []
    let at = 0
    for (let index = 0; index < count; index += 1) {
      for (let word = 0; word < 10; word += 1) {
        spoken.push(['word', at, at + 300])
        at += 310
      }
      ranges.push([index * 10, index * 10 + 9])
      if (pausesAfter.includes(index)) at += 2000
    }
    return [spoken, ranges]
  }

  it('begins a new paragraph after a pause', () =>
    expect(groupParagraphs(...speech([2], 5))).toEqual([
      [0, 1, 2],
      [3, 4],
    ]))

  it('does not leave a single sentence alone because of a pause after it', () =>
    expect(groupParagraphs(...speech([0], 3))).toEqual([[0, 1, 2]]))

  it('gives the same paragraphs again by the words that they begin with', () => {
    const [words, ranges] = speech([2, 9, 10], 30)
    const starts = listParagraphStarts({ words, sentences: ranges, speakerTurns: [[50, 'Ruth']] })
    expect(groupByStarts(ranges, new Set(starts))).toEqual(
      groupParagraphs(words, ranges, null, [[50, 'Ruth']]),
    )
  })

  it('ends a full paragraph even without a pause, and loses no sentence', () => {
    const paragraphs = groupParagraphs(...speech([], 30))
    expect(Math.max(...paragraphs.map((paragraph) => paragraph.length))).toBeLessThanOrEqual(9)
    expect(paragraphs.flat()).toEqual(Array.from({ length: 30 }, (_, index) => index))
  })
})

describe('followScroll', () => {
  const view = {
    sentenceTop: 300,
    sentenceBottom: 360,
    transcriptTop: -200,
    windowHeight: 900,
    coveredHeight: 100,
    scrollY: 1000,
  }
  it('does not scroll while the sentence is well placed', () => expect(followScroll(view)).toBeNull())
  it('scrolls a sentence that is not well placed to the upper third', () =>
    expect(followScroll({ ...view, sentenceTop: 700, sentenceBottom: 760 })).toBe(1000 + 700 - 240))
  it('does not scroll while the reader sees the title', () =>
    expect(followScroll({ ...view, transcriptTop: 600, sentenceTop: 1200, sentenceBottom: 1260 })).toBeNull())
  it('never scrolls above the page', () =>
    expect(followScroll({ ...view, scrollY: 0, sentenceTop: 20, sentenceBottom: 60 })).toBe(0))
})
