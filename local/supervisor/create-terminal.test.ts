import { afterEach, expect, test, vi } from 'vitest'
import { createTerminal, isImportant } from './create-terminal.ts'

afterEach(() => vi.restoreAllMocks())

test.each([
  ['Error: connection lost', true, true],
  ['    at Error (file.ts:1)', true, false],
  ['listening on 3000', true, false],
  ['GET /error 200', false, false],
])('%j on stderr=%s is shown: %s', (line, isError, shown) => {
  expect(isImportant(line, isError)).toBe(shown)
})

test('a line that a service repeats with every attempt is shown once', () => {
  const shown: string[] = []
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    shown.push(String(text))
    return true
  })
  const terminal = createTerminal({ everything: false })
  terminal.announce('Selah is ready')
  for (let attempt = 0; attempt < 3; attempt++) terminal.relay('trigger', 'Error: another engine works', true)
  terminal.relay('web', 'Error: another engine works', true)
  terminal.relay('trigger', 'Error: something else', true)
  terminal.relay('trigger', 'Error: another engine works', true)
  expect(shown).toEqual([
    '[trigger] Error: another engine works\n',
    '[web] Error: another engine works\n',
    '[trigger] Error: something else\n',
    '[trigger] Error: another engine works\n',
  ])
})
