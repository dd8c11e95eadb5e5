import { expect, test } from 'vitest'
import { runFilterSchema } from '#lib/runs/list-runs.ts'
import { dayInput, momentInput } from './date-input.ts'

test.each([
  ['0000-12-31', false],
  ['0001-01-01', true],
  ['2024-02-30', false],
  ['9999-12-31', true],
])('the day %s: %j', (day, isRead) => expect(dayInput.safeParse(day).success).toBe(isRead))

test.each([
  ['0000-12-31T23:59:59Z', false],
  ['0001-01-01T00:00:00Z', true],
  ['0001-01-01T00:00:00+10:00', false],
  ['9999-12-31T23:59:59Z', true],
  ['9999-12-31T23:59:59-10:00', false],
  ['2026-02-30T10:00:00Z', false],
  ['2026-11-22T10:00:00+05:45', true],
])('the moment %s: %j', (moment, isRead) => {
  expect(momentInput.safeParse(moment).success).toBe(isRead)
  expect(runFilterSchema.safeParse({ since: moment }).success).toBe(isRead)
})

test.each([
  ['2026-11-22 10:00:00.123456+00', true],
  ['2026-11-22T10:00:00Z', true],
  ['2026-11-22 10:00:00-03:30', true],
  ['2026-99-99 10:00:00Z', false],
  ['2026-11-22 10:60:00Z', false],
  ['2026-11-22 10:00:00+99', false],
  ['0000-11-22 10:00:00Z', false],
])('a page of runs after %s: %j', (at, isRead) =>
  expect(runFilterSchema.safeParse({ cursor: `${at}~run_1` }).success).toBe(isRead),
)
