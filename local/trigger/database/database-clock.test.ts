import { expect, it } from 'vitest'

import { startDatabaseClock } from './database-clock.ts'
import type { Query } from './open-database.ts'

it('follows the time of the database, and reports when its clock was set back', async () => {
  const start = Date.parse('2026-01-01T00:00:00Z')
  let databaseMs = start
  let monotonicMs = 500
  const query: Query = async <Row extends object>() => [{ at: new Date(databaseMs) }] as unknown as Row[]
  const clock = await startDatabaseClock(query, () => monotonicMs)
  monotonicMs += 1_000
  expect(clock.now().getTime()).toBe(start + 1_000)

  databaseMs = start + 8 * 3_600_000
  expect(await clock.sync()).toBe(false)
  expect(clock.now().getTime()).toBe(databaseMs)

  databaseMs = start + 2_000
  expect(await clock.sync()).toBe(true)
  expect(clock.now().getTime()).toBe(databaseMs)
  expect(await clock.sync()).toBe(false)
})
