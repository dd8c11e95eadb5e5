import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { rateLimits } from '#lib/db/schema.ts'
import { paceRequest } from './pace-requests.ts'
import { giveBackTurn, pruneRateLimits, takeTurn } from './take-turn.ts'

let database: TestDatabase
let first: DatabaseConnection
let second: DatabaseConnection

beforeAll(async () => {
  database = await startTestDatabase()
  first = connectDatabase(database.connectionString)
  second = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await first.close()
  await second.close()
  await database.stop()
})

beforeEach(async () => {
  await first.db.delete(rateLimits)
})

const hourly = { name: 'test', capacity: 3, refillMs: 3_600_000 }

it('allows what the pace says to two processes together, and names the wait', async () => {
  const turns = await Promise.all(
    [first, second, first, second, first].map((services) => takeTurn(services, hourly, 'a')),
  )
  const refused = turns.flatMap((turn) => (turn.allowed ? [] : [turn.retryAfterMs]))
  expect(refused).toHaveLength(2)
  for (const waitMs of refused) {
    expect(waitMs).toBeGreaterThan(3_500_000)
    expect(waitMs).toBeLessThanOrEqual(3_600_000)
  }
  expect(await takeTurn(second, hourly, 'b')).toEqual({ allowed: true })
})

it('allows again what was given back, and forgets only who has a full allowance', async () => {
  for (let turn = 0; turn < 3; turn += 1) await takeTurn(first, hourly, 'a')
  await giveBackTurn(first, hourly, 'a')
  expect(await takeTurn(first, hourly, 'a')).toEqual({ allowed: true })
  await takeTurn(first, { name: 'quick', capacity: 1, refillMs: 0 }, 'b')
  await pruneRateLimits(first)
  expect(await first.db.select().from(rateLimits)).toHaveLength(1)
  expect(await takeTurn(first, hourly, 'a')).toMatchObject({ allowed: false })
})

it('stores no address of a visitor', async () => {
  await takeTurn(first, hourly, '203.0.113.9')
  expect(await first.db.select().from(rateLimits).where(eq(rateLimits.key, '203.0.113.9'))).toEqual([])
})

const paid = { OPENAI_API_KEY: 'key', SELAH_PAID_REQUESTS_PER_DAY: 4 }
const visitor = (key: string, churchId: string | null = null) => ({ key, isShared: false, churchId })

it('caps what a church may cause in a day, whoever causes it, and what a caller may do at once', async () => {
  const services = { db: first.db, env: paid }
  for (let caller = 0; caller < 4; caller += 1) await paceRequest(services, 'ask', visitor(`v${caller}`))
  await expect(paceRequest(services, 'ask', visitor('v5'))).rejects.toMatchObject({
    code: 'rate_limited',
    reason: 'ask.daily_limit',
    retryAfterMs: expect.any(Number),
  })
  await paceRequest(services, 'ask', visitor('member', 'church'))
  await paceRequest(services, 'search', visitor('v5'))

  const plenty = { db: first.db, env: { ...paid, SELAH_PAID_REQUESTS_PER_DAY: 1_000 } }
  const asked = Array.from({ length: 60 }, () => paceRequest(plenty, 'ask', visitor('v6', 'another church')))
  const refused = (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected')
  expect(refused.length).toBeGreaterThan(10)
})
