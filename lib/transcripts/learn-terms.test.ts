import { expect, test } from 'vitest'
import { learnTerms } from './learn-terms.ts'

const learn = (before: string, after: string) => learnTerms(before.split(' '), after.split(' '))

test('names that a correction brought are learned, the most frequent first', () => {
  expect(
    learn(
      'we read of mel kissed a deck and of god at sea la chapel',
      'We read of Melchizedek and of God at Selah Chapel, and Melchizedek’s bread.',
    ),
  ).toEqual(['Melchizedek', 'Selah Chapel'])
})

test('the first word of a sentence and words that were there in another case are not', () => {
  expect(learn('grace to you from god', 'Grace to you from God. Truly. Peace!')).toEqual([])
})

test('a whole sentence in capitals is no term', () => {
  expect(learn('a', 'so THE WORD BECAME FLESH AND DWELT')).toEqual([])
})
