import { expect, test } from 'vitest'
import { textBlock, textKey, textLine } from './text-input.ts'

const title = textLine({ name: 'title', max: 20, required: 'Give it a title.' })
const sentence = (result: ReturnType<typeof title.safeParse>) => result.error?.issues[0]?.message

test('a line is trimmed and its white space becomes single spaces', () => {
  expect(title.parse('  Grace\n and\ttruth ')).toBe('Grace and truth')
  expect(title.parse(`Grace${' '.repeat(100)}`)).toBe('Grace')
})

test.each([
  ['NUL', 'Gra\0ce'],
  ['an escape sequence', 'Gra\u001b[31mce'],
  ['a C1 control character', 'Gra\u0085ce'],
  ['half a surrogate pair', 'Gra\ud83dce'],
])('%s is refused with a message, in every kind of text', (_, value) => {
  const expected = 'The title contains characters that cannot be stored. Remove them.'
  for (const schema of [title, textBlock({ name: 'title', max: 20 }), textKey({ name: 'title', max: 20 })]) {
    expect(sentence(schema.safeParse(value))).toBe(expected)
  }
})

test('letters of every script and whole emoji are accepted', () => {
  for (const value of ['Проповедь', 'عظة', '説教', 'Noël', '🕊️ Peace']) expect(title.parse(value)).toBe(value)
})

test('a text that is too long or missing is refused with a message', () => {
  expect(sentence(title.safeParse('x'.repeat(21)))).toBe(
    'The title is longer than 20 characters. Shorten it.',
  )
  expect(sentence(title.safeParse('   '))).toBe('Give it a title.')
})

test('several lines keep their line breaks, and a key is not changed', () => {
  expect(textBlock({ name: 'text', max: 20 }).parse(' a\n\n b ')).toBe('a\n\n b')
  expect(textKey({ name: 'password', max: 20 }).parse(' a  b ')).toBe(' a  b ')
})
