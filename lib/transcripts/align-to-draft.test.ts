import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { randomNumbers } from '#harness/random-numbers.ts'
import { alignToDraft } from './align-to-draft.ts'
import type { Word } from './transcript.ts'

const vocabulary =
  'grace and truth came through the word that was with us from the beginning of all things so we believe in him who called light out of darkness to shine on every people'.split(
    ' ',
  )

/** A talk of a person who pauses after sentences and sometimes within them. */
function speak(count: number, seed: number) {
  const next = randomNumbers(seed)
  const random = () => next(1_000_000) / 1_000_000
  const words: Word[] = []
  const silences: { startMs: number; endMs: number }[] = []
  let atMs = 800
  for (let index = 0; index < count; index += 1) {
    const text = vocabulary[Math.floor(random() * vocabulary.length)] ?? ''
    const isEnd = index % 11 === 10
    const startMs = atMs
    atMs += Math.round((120 + text.length * 45) * (0.7 + random() * 0.8))
    words.push({ text: isEnd ? `${text}.` : text, startMs, endMs: atMs })
    const pauseMs = isEnd ? 300 + random() * 1500 : random() < 0.04 ? 400 : 30
    if (pauseMs >= 300) silences.push({ startMs: atMs, endMs: Math.round(atMs + pauseMs) })
    atMs = Math.round(atMs + pauseMs)
  }
  return { words, silences, durationMs: atMs + 1000, random }
}

/** What a poor recogniser hears: wrong, missing and invented words. */
function hear(words: readonly Word[], wrongShare: number, random: () => number): Word[] {
  return words.flatMap((word): Word[] => {
    const heard = { ...word, text: word.text.toLowerCase().replace(/\W/g, '') }
    if (random() >= wrongShare) return [heard]
    const kind = random()
    if (kind < 0.6) return [{ ...heard, text: 'shell' }]
    if (kind < 0.8) return []
    return [heard, { ...heard, text: 'uh', startMs: heard.endMs }]
  })
}

describe('a text is aligned with what a recogniser heard', () => {
  it.each([0.25, 0.4, 0.55])(
    'median error ≤ 0.5 s and p95 ≤ 2 s with %d of the words wrong',
    (wrongShare) => {
      const { words, silences, durationMs, random } = speak(4000, 7)
      const draft = hear(words, wrongShare, random)
      const texts = words.map(({ text }) => text)
      const aligned = alignToDraft(texts, draft, { durationMs, silences })
      expect(aligned?.words.map(({ text }) => text)).toEqual(texts)
      const errors = words
        .map(({ startMs }, index) => Math.abs((aligned?.words[index]?.startMs ?? Number.NaN) - startMs))
        .toSorted((one, other) => one - other)
      expect(errors[errors.length / 2]).toBeLessThanOrEqual(500)
      expect(errors[Math.floor(errors.length * 0.95)]).toBeLessThanOrEqual(2000)
    },
  )

  it('a part that was not preached, and one that is not in the text, move nothing else', () => {
    const { words, silences, durationMs, random } = speak(1200, 3)
    const draft = hear([...words.slice(0, 500), ...words.slice(560)], 0.25, random)
    const read = [...words.slice(0, 200), ...words.slice(260)]
    const aligned = alignToDraft(
      read.map(({ text }) => text),
      draft,
      { durationMs, silences },
    )
    for (const at of [100, 150, 300, 400, 800, 1000]) {
      expect(Math.abs((aligned?.words[at]?.startMs ?? Number.NaN) - (read[at]?.startMs ?? 0))).toBeLessThan(
        4000,
      )
    }
  })
})

test('the text of another recording is not aligned', () => {
  const { words, silences, durationMs } = speak(400, 5)
  const other = Array.from({ length: 400 }, (_, at) => `palabra${at % 50}`)
  expect(alignToDraft(other, words, { durationMs, silences })).toBeNull()
})

test('any texts and drafts give every word once, in order, within the recording', () => {
  const text = fc.constantFrom('grace', 'and', 'truth.', '—', '恩典', 'so,')
  fc.assert(
    fc.property(fc.array(text, { maxLength: 30 }), fc.array(text, { maxLength: 30 }), (texts, heard) => {
      const draft = heard.map((each, at) => ({ text: each, startMs: at * 400, endMs: at * 400 + 300 }))
      const aligned = alignToDraft(texts, draft, { durationMs: 12_000, silences: [] })
      if (!aligned) return
      expect(aligned.words.map((word) => word.text)).toEqual(texts)
      let lastMs = 0
      for (const { startMs, endMs } of aligned.words) {
        expect(startMs).toBeGreaterThanOrEqual(lastMs)
        expect(endMs).toBeGreaterThanOrEqual(startMs)
        lastMs = endMs
      }
      expect(lastMs).toBeLessThanOrEqual(12_000)
    }),
  )
})
