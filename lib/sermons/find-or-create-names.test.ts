import { expect, test } from 'vitest'
import { slugOfName } from '#lib/sermons/find-or-create-names.ts'

test('two names without a Latin spelling are two people', () => {
  expect(slugOfName('田中')).not.toBe(slugOfName('佐藤'))
  expect(slugOfName('田中')).toMatch(/^[0-9a-f]{12}$/)
})

test('spaces and capitals do not make a different person', () => {
  expect(slugOfName(' Ruth  Moab ')).toBe(slugOfName('ruth moab'))
  expect(slugOfName('田中 ')).toBe(slugOfName('田中'))
})
