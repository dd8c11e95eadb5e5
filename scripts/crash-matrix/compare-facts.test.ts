import { expect, test } from 'vitest'
import { compareFacts } from './compare-facts.ts'

const passages = [
  { position: 0, text: 'Perchance he for whom this bell tolls' },
  { position: 1, text: 'The church is catholic' },
]

test('the same facts differ in nothing', () => {
  expect(compareFacts({ passages }, { passages: structuredClone(passages) })).toEqual([])
})

test('what is there twice, what is missing and what is not known at all is named', () => {
  const [first] = passages
  expect(compareFacts({ passages: [...passages, first] }, { passages })).toEqual([
    expect.stringMatching(/^passages: there is \[.*bell tolls.*\]$/),
  ])
  expect(compareFacts({ passages: [first] }, { passages })).toEqual([
    expect.stringMatching(/^passages: there should be \[.*catholic.*\]$/),
  ])
  expect(compareFacts({ passages, letters: ['one'] }, { passages })).toEqual([
    'letters: ["one"] instead of nothing',
  ])
})
