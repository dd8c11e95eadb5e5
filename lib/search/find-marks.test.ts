import { expect, test } from 'vitest'
import { findReferences } from '#lib/scripture/find-references.ts'
import { findMarks } from './find-marks.ts'

function marked(text: string, query: string, words: string[] = []): string[] {
  const references = findReferences(query)
  const marks = findMarks(text, { words: new Set(words), references, isReference: words.length === 0 })
  return marks.map(({ start, end }) => text.slice(start, end))
}

test('the words of the query are marked where they are spelled like that', () => {
  expect(marked('Grace upon grace, and truth.', '', ['grace', 'truth'])).toEqual(['Grace', 'grace', 'truth'])
})

test.each([
  ['We read the twenty-third Psalm together.', 'Psalm 23', ['twenty-third Psalm']],
  ['Turn to John 3:16 and to 1 John 3.', 'John 3', ['John 3:16']],
  ['In first Corinthians thirteen four it says so.', '1 Cor 13', ['first Corinthians thirteen four']],
  ['Romans 8 is not Romans 9.', 'Rom 8:28', ['Romans 8']],
])('%s: a reference is marked as a whole, as it is spoken', (text, query, expected) => {
  expect(marked(text, query)).toEqual(expected)
})

test('a reference and words beside it are both marked, once', () => {
  expect(
    marked('Psalm 23 is about a shepherd.', 'shepherd in Psalm 23', ['psalm', '23', 'shepherd']),
  ).toEqual(['Psalm 23', 'shepherd'])
})

test('a passage that names no verse of the query keeps its words', () => {
  const marks = findMarks('The Lord is my shepherd.', {
    words: new Set(['shepherd']),
    references: findReferences('Psalm 23'),
    isReference: true,
  })
  expect(marks).toEqual([{ start: 15, end: 23 }])
})
