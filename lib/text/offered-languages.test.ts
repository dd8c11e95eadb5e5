import { expect, test } from 'vitest'
import { findLanguage } from './language.ts'
import { offeredLanguages } from './offered-languages.ts'

test('every offered language is one, in its usual spelling', () => {
  const tags = Object.keys(offeredLanguages)
  expect(tags.map(findLanguage)).toEqual(tags)
})
