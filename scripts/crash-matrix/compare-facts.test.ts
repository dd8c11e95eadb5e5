import { expect, test } from 'vitest'
import { compareFacts } from './compare-facts.ts'

const passages = [
  { position: 0, text: 'Perchance he for whom this bell tolls' },
  { position: 1, text: 'The church is catholic' },
]

test('equal facts have no differences', () => {
  expect(compareFacts({ passages }, { passages: structuredClone(passages) })).toEqual([])
})

test('duplicate, missing and unknown entries are listed', () => {
  const [first] = passages
  expect(compareFacts({ passages: [...passages, first] }, { passages })).toEqual([
    expect.stringMatching(/^passages: there is \[.*bell tolls.*\]$/),
  ])
  expect(compareFacts({ passages: [first] }, { passages })).toEqual([
    expect.stringMatching(/^passages: there should be \[.*catholic.*\]$/),
  ])
  expect(compareFacts({ passages, others: ['one'] }, { passages })).toEqual([
    'others: ["one"] instead of nothing',
  ])
})
