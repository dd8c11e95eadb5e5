import { expect, test } from 'vitest'
import { isBackupDue } from './schedule-backups.ts'

const hourMs = 3_600_000

test('a backup is made a day after the last one', () => {
  expect(isBackupDue(0, 0, 23 * hourMs)).toBe(false)
  expect(isBackupDue(0, 0, 24 * hourMs)).toBe(true)
})

test('a new installation makes its first backup after a day', () => {
  expect(isBackupDue(null, 10 * hourMs, 33 * hourMs)).toBe(false)
  expect(isBackupDue(null, 10 * hourMs, 34 * hourMs)).toBe(true)
})
