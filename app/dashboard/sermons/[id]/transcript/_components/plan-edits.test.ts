import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planEdits, spliceWords, splitTyped } from './plan-edits.ts'

const someWords = fc.array(fc.constantFrom('grace', 'and', 'truth', 'peace', 'be', 'still'), {
  maxLength: 14,
})
const toWords = (texts: readonly string[], prefix = 'w') =>
  texts.map((text, at) => ({ id: `${prefix}${at}`, text, startMs: at, endMs: at + 1, confidence: null }))

test('the planned edits give the typed text when they are applied, and never overlap', () => {
  fc.assert(
    fc.property(
      someWords.filter((texts) => texts.length > 0),
      someWords,
      (before, after) => {
        const words = toWords(before)
        const edits = planEdits(words, after.join('  \n'))
        const positions = edits.map(({ from, to }) => [Number(from.slice(1)), Number(to.slice(1))] as const)
        for (const [at, [first]] of positions.entries()) {
          expect(first).toBeGreaterThan(positions[at - 1]?.[1] ?? -1)
        }
        const answered = edits.map((edit, at) => ({
          ...edit,
          words: toWords(splitTyped(edit.text), `n${at}-`),
        }))
        expect(spliceWords(words, answered).map(({ text }) => text)).toEqual(after)
      },
    ),
  )
})

test('a changed word is one edit of one word', () => {
  expect(planEdits(toWords(['grace', 'and', 'troth', 'be']), 'grace and truth be')).toEqual([
    { from: 'w2', to: 'w2', text: 'truth' },
  ])
})

test('changes far apart are separate edits, so that the words between keep their times', () => {
  expect(planEdits(toWords(['a', 'b', 'c', 'd', 'e']), 'x b c d y z')).toEqual([
    { from: 'w0', to: 'w0', text: 'x' },
    { from: 'w4', to: 'w4', text: 'y z' },
  ])
})
