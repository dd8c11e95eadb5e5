import { expect, test } from 'vitest'
import { languageOptions } from './language-options.ts'
import { readingIn, textIn } from './text-in.ts'

test('a title has its language and the direction of its own letters', () => {
  expect(textIn('he')).toEqual({ lang: 'he', dir: 'auto' })
  expect(textIn(null)).toEqual({ lang: undefined, dir: 'auto' })
  expect(textIn('')).toEqual({ lang: undefined, dir: 'auto' })
})

test('running text has the direction of its language, also where it begins with a foreign name', () => {
  expect(readingIn('he')).toEqual({ lang: 'he', dir: 'rtl' })
  expect(readingIn('zh-Hant')).toEqual({ lang: 'zh-Hant', dir: 'auto' })
})

test('a form that need not have a language begins with a choice for that', () => {
  expect(languageOptions('', 'As in Settings: English')[0]).toEqual({
    value: '',
    label: 'As in Settings: English',
  })
  expect(languageOptions('en').every(({ value }) => value !== '')).toBe(true)
})

test('a language that is not offered stays the chosen one', () => {
  const values = languageOptions('gsw').map(({ value }) => value)
  expect(values.filter((value) => value === 'gsw')).toEqual(['gsw'])
  expect(languageOptions('he').filter(({ value }) => value === 'he')).toHaveLength(1)
})
