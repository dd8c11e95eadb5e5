import { expect, test } from 'vitest'
import { isImportant } from './speak-to-terminal.ts'

test.each([
  ['Error: connection lost', true, true],
  ['    at Error (file.ts:1)', true, false],
  ['listening on 3000', true, false],
  ['GET /error 200', false, false],
])('%j on stderr=%s is shown: %s', (line, isError, shown) => {
  expect(isImportant(line, isError)).toBe(shown)
})
