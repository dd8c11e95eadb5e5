import { expect, test } from 'vitest'
import { chooseLanguage } from './choose-language.ts'
import { compileMessages, type MessageTexts } from './compile-messages.ts'
import { defaultLanguage, defaultMessages, languages } from './languages.ts'

/** The arguments and tags of a message, which a translation must have too. */
function argumentsOf(text: string): string[] {
  const names = text.matchAll(/\{\s*(\w+)\s*[,}]|<(\w+)>/g)
  return [...new Set([...names].map(([, argument, tag]) => argument ?? `<${tag}>`))].sort()
}

function listMessages(texts: MessageTexts): string[] {
  return Object.entries(texts).flatMap(([area, messages]) =>
    Object.entries(messages).map(([name, text]) => `${area}.${name} ${argumentsOf(text)}`),
  )
}

test.each([...languages])('%s has every message of English with its arguments, and no other', (_, texts) =>
  expect(listMessages(texts).sort()).toEqual(listMessages(defaultMessages).sort()),
)

test.each([...languages])('every message of %s is valid and not empty', (_, texts) => {
  expect(() => compileMessages(texts)).not.toThrow()
  const empty = Object.entries(texts).flatMap(([area, messages]) =>
    Object.entries(messages).flatMap(([name, text]) => (text.trim() === '' ? [`${area}.${name}`] : [])),
  )
  expect(empty).toEqual([])
})

test('a compiled plural is made of plain objects, as React requires of what client components receive', () => {
  const { found } = compileMessages({ ask: { found: '{count, plural, one {# quote} other {# quotes}}' } }).ask
  const prototypes = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null
      ? [Object.getPrototypeOf(value), ...Object.values(value).flatMap(prototypes)]
      : []
  expect(new Set(prototypes(found))).toEqual(new Set([Array.prototype, Object.prototype]))
})

test('an error about an invalid message contains its name', () =>
  expect(() => compileMessages({ player: { played: '{count, plural, one {# time}' } })).toThrow(
    'player.played',
  ))

test.each([
  [null, ['en', 'de'], 'en'],
  ['de-AT, de;q=0.9, en;q=0.5', ['en', 'de'], 'de'],
  ['fr, de;q=0.2', ['en', 'de'], 'de'],
  ['fr', ['en', 'de'], defaultLanguage],
  ['*', ['de', 'en'], 'en'],
  ['de', ['en'], 'en'],
  [';;;,=', ['en', 'de'], 'en'],
])('a browser that accepts %s of a Selah in %s reads %s', (accepted, available, language) =>
  expect(chooseLanguage(accepted, available)).toBe(language),
)
