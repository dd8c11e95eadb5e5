import { expect, test } from 'vitest'
import { cleanText, isStorable, shortenLine } from './clean-text.ts'

test('a cleaned text can be stored', () => {
  for (const text of ['Gra\0ce', 'Gra\u001bce', 'Gra\ud83dce', '\udc00']) {
    expect(isStorable(text)).toBe(false)
    expect(isStorable(cleanText(text))).toBe(true)
  }
  expect(cleanText('Letters\0 of Paul\n')).toBe('Letters  of Paul\n')
})

test('a long line ends after a whole word, within the limit', () => {
  expect(shortenLine('Grace and truth', 15)).toBe('Grace and truth')
  expect(shortenLine('Grace, and truth came', 12)).toBe('Grace, and…')
  expect(shortenLine('x'.repeat(30), 10)).toBe(`${'x'.repeat(9)}…`)
  expect(isStorable(shortenLine('🕊️'.repeat(10), 10))).toBe(true)
})
