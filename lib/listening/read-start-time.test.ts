import { expect, test } from 'vitest'
import { readStartTime } from './read-start-time.ts'

test.each([
  ['0', 0],
  ['92', 92_000],
  ['92.4', 92_400],
  ['90s', 90_000],
  ['1m30s', 90_000],
  ['1M30', 90_000],
  ['2m', 120_000],
  ['1h2m3s', 3_723_000],
  ['1:30', 90_000],
  ['01:02:03', 3_723_000],
  ['75:30', 4_530_000],
])('%s is %d ms', (text, ms) => expect(readStartTime(text)).toBe(ms))

test.each(['', ' ', 'soon', '-5', '1:2:3:4', 'm', 's', '1s2m', '1e3', '0x10', 'NaN', undefined, null])(
  '%s is no time',
  (text) => expect(readStartTime(text)).toBeNull(),
)
