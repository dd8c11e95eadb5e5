// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { goToSentence } from './go-to-sentence.ts'
import { readPlayerKey } from './player-keys.ts'
import { rememberLetterKeys } from './remember-listening.ts'
import { followSentenceKeys } from './sentence-keys.ts'

vi.mock('./go-to-sentence.ts', () => ({ goToSentence: vi.fn(async () => undefined) }))

const t = (() => '') as unknown as Parameters<typeof followSentenceKeys>[0]
let stop: () => void

beforeEach(() => {
  localStorage.clear()
  vi.mocked(goToSentence).mockClear()
  document.body.innerHTML = '<main></main><input type="search">'
  stop = followSentenceKeys(t, readPlayerKey)
})

afterEach(() => stop())

const press = (key: string, selector = 'main') =>
  document.querySelector(selector)?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
const steps = () => vi.mocked(goToSentence).mock.calls.map(([step]) => step)

it('takes the comma and the full stop', () => {
  for (const key of [',', '.', 'k', '<']) press(key)
  expect(steps()).toEqual(['previousSentence', 'nextSentence'])
})

it('takes no key while someone types, or when symbols are turned off', () => {
  press('.', 'input')
  rememberLetterKeys(false)
  press('.')
  expect(steps()).toEqual([])
})
