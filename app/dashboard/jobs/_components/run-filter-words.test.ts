import { expect, test } from 'vitest'
import { readTranslator } from '#test/read-translator.ts'
import { describeRunFilter, noFilter, readRunFilter, toRunQuery } from './run-filter-words.ts'

const t = readTranslator('jobs')
const now = Date.parse('2026-11-26T12:00:00Z')

test('a time range that ends now becomes its first moment; unset filters are left out', () => {
  expect(toRunQuery({ ...noFilter, status: 'failed', when: '24h' }, now)).toEqual({
    status: 'failed',
    since: '2026-11-25T12:00:00.000Z',
  })
})

test('a range between two moments is used unchanged, and only if it was chosen', () => {
  const range = { since: '2026-11-01T00:00:00.000Z', until: '2026-11-02T00:00:00.000Z' }
  expect(toRunQuery({ ...noFilter, ...range, when: 'between' }, now)).toEqual(range)
  expect(toRunQuery({ ...noFilter, ...range }, now)).toEqual({})
})

test('filters that the address does not name are empty, and unknown parameters are ignored', () => {
  expect(readRunFilter({ task: 'transcribe', cursor: 'x' })).toEqual({ ...noFilter, task: 'transcribe' })
})

test('a filter is described in words', () => {
  expect(describeRunFilter({ ...noFilter, status: 'bad', task: 'transcribe', when: '7d' }, null, t)).toBe(
    'Failed (any reason) · task transcribe · last 7 days',
  )
  expect(describeRunFilter(noFilter, null, t)).toBe('all runs')
})
