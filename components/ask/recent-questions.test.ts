import { beforeEach, expect, it } from 'vitest'
import {
  forgetAllQuestions,
  forgetQuestion,
  parseRecentQuestions,
  readRecentQuestions,
  rememberQuestion,
} from './recent-questions.ts'

/** A browser's storage in memory. */
function createStorage(): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  }
}

let storage: Storage
beforeEach(() => {
  storage = createStorage()
})

const createQuestion = (question: string) => ({ href: `/ask?q=${encodeURIComponent(question)}`, question })
const kept = () => parseRecentQuestions(readRecentQuestions(storage)).map(({ question }) => question)

it('keeps the newest questions first, each once', () => {
  for (const question of ['One?', 'Two?', 'One?']) rememberQuestion(createQuestion(question), storage)
  expect(kept()).toEqual(['One?', 'Two?'])
  for (let number = 0; number < 30; number += 1) rememberQuestion(createQuestion(`${number}?`), storage)
  expect(kept()).toHaveLength(20)
  expect(kept()[0]).toBe('29?')
})

it('deletes one question, and all of them without a trace', () => {
  for (const question of ['One?', 'Two?']) rememberQuestion(createQuestion(question), storage)
  forgetQuestion(createQuestion('One?').href, storage)
  expect(kept()).toEqual(['Two?'])
  forgetAllQuestions(storage)
  expect(storage.length).toBe(0)
})

it.each(['nonsense', '{}', '[1]', '[{"href":"javascript:alert(1)","question":"x"}]'])(
  'ignores unreadable entries: %s',
  (stored) => expect(parseRecentQuestions(stored)).toEqual([]),
)
