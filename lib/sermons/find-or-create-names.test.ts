import { expect, test } from 'vitest'
import { slugOfName } from '#lib/sermons/find-or-create-names.ts'

test('two names without a Latin spelling are two people', () => {
  expect(slugOfName('田中')).not.toBe(slugOfName('佐藤'))
  expect(slugOfName('田中')).toMatch(/^[0-9a-f]{12}$/)
})

test('names that only share their Latin part, or a long beginning, are different', () => {
  const long = 'a long name '.repeat(8)
  const names = ['Grace', '恩典 Grace', '信心 Grace', '1 罪', '1 义', '1', `${long}one`, `${long}two`]
  expect(new Set(names.map(slugOfName)).size).toBe(names.length)
  expect(slugOfName('恩典 Grace')).toMatch(/^grace-[0-9a-f]{12}$/)
})

test.each([
  ['Jürgen Groß', 'juergen-gross'],
  ['Любовь', 'lyubov'],
  ['Grace & Truth – “What now?”', 'grace-and-truth-what-now'],
])('%s has the plain slug %s', (name, slug) => {
  expect(slugOfName(name)).toBe(slug)
})

test('spaces and capitals do not make a different person', () => {
  expect(slugOfName(' Ruth  Moab ')).toBe(slugOfName('ruth moab'))
  expect(slugOfName('田中 ')).toBe(slugOfName('田中'))
})
