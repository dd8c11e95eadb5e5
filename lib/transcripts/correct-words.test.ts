import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { correctWords, type WordEdit, type WordTable } from './correct-words.ts'
import { segmentSentences } from './segment-sentences.ts'

const wordText = fc.constantFrom('grace', 'and', 'truth.', 'Peace', 'be', 'still!', 'José', '恩典', 'so,')

function tableOf(texts: string[]): WordTable {
  const words = texts.map((text, at): [string, number, number] => [text, at * 400, at * 400 + 350])
  const sentences = segmentSentences(words.map(([text, startMs, endMs]) => ({ text, startMs, endMs })))
  return {
    words,
    ids: words.map((_, at) => at),
    confidences: words.map(() => 0.5),
    sentences: sentences.map(({ firstWord, lastWord }) => [firstWord, lastWord]),
    speakerTurns: null,
    paragraphStarts: [0],
  }
}

const textOf = (table: WordTable) => table.words.map(([text]) => text).join(' ')
const edit = (table: WordTable, ...edits: WordEdit[]) => correctWords(table, edits, table.words.length).table

/** A table and edits of it that do not overlap, in any order. */
const corrections = fc
  .array(wordText, { minLength: 1, maxLength: 40 })
  .chain((texts) =>
    fc.tuple(
      fc.constant(texts),
      fc.uniqueArray(fc.nat(texts.length - 1), { maxLength: 8 }),
      fc.array(fc.array(wordText, { maxLength: 4 }), { minLength: 8, maxLength: 8 }),
    ),
  )
  .map(([texts, cuts, replacements]) => {
    const bounds = cuts.toSorted((one, other) => one - other)
    const edits: WordEdit[] = []
    for (let at = 0; at + 1 < bounds.length; at += 2) {
      edits.push({
        from: bounds[at] ?? 0,
        to: bounds[at + 1] ?? 0,
        text: (replacements[at] ?? []).join(' '),
      })
    }
    return { texts, edits }
  })

describe('correctWords', () => {
  it('gives the text that the edits describe, with times in order, sentences without gaps, and no id twice', () => {
    fc.assert(
      fc.property(corrections, ({ texts, edits }) => {
        const expected = [...texts]
        for (const { from, to, text } of edits.toReversed()) {
          expected.splice(from, to - from + 1, ...text.split(' ').filter(Boolean))
        }
        fc.pre(expected.length > 0)
        const { table } = correctWords(tableOf(texts), edits.toReversed(), texts.length)
        expect(table.words.map(([text]) => text)).toEqual(expected)
        expect(new Set(table.ids).size).toBe(expected.length)
        expect(table.confidences).toHaveLength(expected.length)
        let lastEndMs = 0
        for (const [, startMs, endMs] of table.words) {
          expect(startMs).toBeGreaterThanOrEqual(lastEndMs)
          expect(endMs).toBeGreaterThanOrEqual(startMs)
          lastEndMs = endMs
        }
        let next = 0
        for (const [first, last] of table.sentences) {
          expect(first).toBe(next)
          expect(last).toBeGreaterThanOrEqual(first)
          next = last + 1
        }
        expect(next).toBe(expected.length)
      }),
    )
  })

  it('keeps id and time of every word outside the edits, and of a word that one word replaces', () => {
    const before = tableOf('Grace and troth be with you.'.split(' '))
    const after = edit(before, { from: 1, to: 3, text: 'and truth be' })
    expect(textOf(after)).toBe('Grace and truth be with you.')
    expect(after.ids).toEqual(before.ids)
    expect(after.words.map(([, ...times]) => times)).toEqual(before.words.map(([, ...times]) => times))
    expect(after.confidences).toEqual([0.5, 0.5, null, 0.5, 0.5, 0.5])
  })

  it('shares the time of the replaced words among those that replace them', () => {
    const after = edit(tableOf(['Melchizedek', 'came.']), { from: 0, to: 0, text: 'Mel kissed a deck' })
    expect(after.words[0]?.[1]).toBe(0)
    expect(after.words[3]?.[2]).toBe(350)
    expect(after.ids).toEqual([2, 3, 4, 5, 1])
  })

  it('moves the start of a paragraph to the next word when its first word is removed', () => {
    const before = { ...tableOf('One two. Three four.'.split(' ')), paragraphStarts: [0, 2] }
    expect(edit(before, { from: 2, to: 2, text: '' }).paragraphStarts).toEqual([0, 2])
    expect(edit(before, { from: 0, to: 0, text: '' }).paragraphStarts).toEqual([0, 1])
  })

  it.each([
    ['an unknown word', [{ from: 9, to: 9, text: 'x' }]],
    ['an end before its beginning', [{ from: 2, to: 1, text: 'x' }]],
    [
      'edits that overlap',
      [
        { from: 0, to: 1, text: 'x' },
        { from: 1, to: 2, text: 'y' },
      ],
    ],
    ['the removal of every word', [{ from: 0, to: 2, text: ' ' }]],
    ['a word that is too long', [{ from: 0, to: 0, text: 'x'.repeat(300) }]],
  ])('refuses %s', (_, edits) => {
    expect(() => edit(tableOf(['a', 'b', 'c']), ...edits)).toThrow(
      expect.objectContaining({ code: 'unprocessable' }),
    )
  })
})
