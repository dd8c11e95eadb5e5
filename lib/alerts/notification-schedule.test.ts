import { expect, test } from 'vitest'
import { isNotificationDue, MAX_NOTIFICATION_ATTEMPTS } from './notification-schedule.ts'

const createdAt = new Date('2027-03-01T10:00:00Z')
const due = (attempts: number, minutes: number) =>
  isNotificationDue({ attempts, createdAt, now: new Date(createdAt.getTime() + minutes * 60_000) })

test('the first attempt is due immediately, each later attempt after a longer wait', () => {
  expect(due(0, 0)).toBe(true)
  expect([due(1, 0.9), due(1, 1)]).toEqual([false, true])
  expect([due(2, 4), due(2, 5)]).toEqual([false, true])
  expect([due(MAX_NOTIFICATION_ATTEMPTS - 1, 1439), due(MAX_NOTIFICATION_ATTEMPTS - 1, 1440)]).toEqual([
    false,
    true,
  ])
})

test('after the last attempt no further attempt is due', () => {
  expect(due(MAX_NOTIFICATION_ATTEMPTS, 100_000)).toBe(false)
})
