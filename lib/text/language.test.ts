import { expect, test } from 'vitest'
import { findLanguage, isRightToLeft } from './language.ts'

test.each([
  ['fil', 'fil'],
  ['zh-hant', 'zh-Hant'],
  ['ES-419', 'es-419'],
  ['en-gb', 'en-GB'],
  ['iw', 'he'],
])('%s is the language %s', (tag, language) => {
  expect(findLanguage(tag)).toBe(language)
})

test.each(['', 'und', 'english', 'e', 'en_GB', 'en-', 'x'.repeat(36), 'en-a'])('%j is no language', (tag) => {
  expect(findLanguage(tag)).toBeNull()
})

test.each(['he', 'ar', 'fa', 'ur', 'yi', 'ku-Arab', 'az-Arab', 'ps', 'dv'])(
  '%s is written from right to left',
  (tag) => {
    expect(isRightToLeft(tag)).toBe(true)
  },
)

test.each(['en', 'he-Latn', 'zh-Hant', 'az', 'ru', '', 'no tag'])('%j is not', (tag) => {
  expect(isRightToLeft(tag)).toBe(false)
})
