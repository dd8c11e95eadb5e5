import { expect, test } from 'vitest'
import { type ClipWords, planPicture } from './plan-picture.ts'

const texts =
  'If a clod be washed away by the sea, Europe is the less. Any man’s death diminishes me, because I am involved in mankind; and therefore never send to know for whom the bell tolls; it tolls for thee, and for everyone who hears it, near and far, today and tomorrow, in the city and in the country, on the sea and on the land. Amen.'.split(
    ' ',
  )

const clipOf = (words: readonly string[], changes: Partial<ClipWords> = {}): ClipWords => ({
  words: words.map((text, at) => ({ text, startMs: 200 + at * 300 })),
  sentenceStarts: words.flatMap((_, at) => (at === 0 || words[at - 1]?.endsWith('.') ? [at] : [])),
  hasWordTimes: true,
  title: 'Meditation XVII',
  byline: 'John Donne',
  draftNote: null,
  artwork: { title: 'Meditation XVII', reference: '', family: 'Meditations' },
  ...changes,
})

test.each(['square', 'portrait', 'landscape'] as const)(
  'every word has its own place in the picture of a %s clip, in the order in which it is spoken',
  (shape) => {
    const { width, height, pages, bar } = planPicture(clipOf(texts), shape)
    const words = pages.flatMap((page) => page.words)
    expect(words.map(({ startMs }) => startMs)).toEqual(clipOf(texts).words.map(({ startMs }) => startMs))
    for (const { box } of words) {
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(width)
      expect(box.y + box.height).toBeLessThan(bar.y)
    }
    expect(bar.y + bar.height).toBeLessThan(height)
    for (const page of pages) {
      for (const [at, { box }] of page.words.entries()) {
        const next = page.words[at + 1]?.box
        if (next?.y === box.y) expect(next.x - box.x).toBeGreaterThanOrEqual(box.width - 2)
      }
    }
    const starts = pages.map(({ startMs }) => startMs)
    expect(starts[0]).toBe(0)
    expect(starts).toEqual(starts.toSorted((a, b) => a - b))
  },
)

test('a sentence that does not fit below the one before begins a new page', () => {
  const { pages } = planPicture(clipOf(texts), 'square')
  expect(pages.length).toBeGreaterThan(2)
  const [first, second] = pages
  // The first sentence has thirteen words.
  expect(first?.words).toHaveLength(13)
  expect(second?.words[0]?.startMs).toBe(200 + 13 * 300)
})

test('a word that is longer than a line is narrowed to it', () => {
  const { pages, width } = planPicture(
    clipOf(['A', 'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch', 'b.']),
    'square',
  )
  const [, long] = pages[0]?.words ?? []
  expect(long?.box.width).toBeLessThanOrEqual(width)
  expect(pages[0]?.words).toHaveLength(3)
})

test('the picture is always the same for the same words, and another one with a draft note', () => {
  expect(planPicture(clipOf(texts), 'square')).toEqual(planPicture(clipOf(texts), 'square'))
  expect(planPicture(clipOf(texts, { draftNote: 'Draft' }), 'square').background).not.toBe(
    planPicture(clipOf(texts), 'square').background,
  )
})
