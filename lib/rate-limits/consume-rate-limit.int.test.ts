import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { rateLimits } from '#lib/db/schema.ts'
import { consumeRateLimit, pruneRateLimits, refundRateLimit } from './consume-rate-limit.ts'
import { limitRequest } from './limit-requests.ts'

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

it('applies one limit to two processes together, and returns the time to wait', async () => {
  const results = await Promise.all(
    [first, second, first, second, first].map((services) => consumeRateLimit(services, hourly, 'a')),
  )
  const refused = results.flatMap((result) => (result.allowed ? [] : [result.retryAfterMs]))
  expect(refused).toHaveLength(2)
  for (const waitMs of refused) {
    expect(waitMs).toBeGreaterThan(3_500_000)
    expect(waitMs).toBeLessThanOrEqual(3_600_000)
  }
  expect(await consumeRateLimit(second, hourly, 'b')).toEqual({ allowed: true })
})

it('allows a refunded request again, and prunes only callers with a full allowance', async () => {
  for (let result = 0; result < 3; result += 1) await consumeRateLimit(first, hourly, 'a')
  await refundRateLimit(first, hourly, 'a')
  expect(await consumeRateLimit(first, hourly, 'a')).toEqual({ allowed: true })
  await consumeRateLimit(first, { name: 'quick', capacity: 1, refillMs: 0 }, 'b')
  await pruneRateLimits(first)
  expect(await first.db.select().from(rateLimits)).toHaveLength(1)
  expect(await consumeRateLimit(first, hourly, 'a')).toMatchObject({ allowed: false })
})

it('stores no address of a visitor', async () => {
  await consumeRateLimit(first, hourly, '203.0.113.9')
  expect(await first.db.select().from(rateLimits).where(eq(rateLimits.key, '203.0.113.9'))).toEqual([])
})

const paid = { OPENAI_API_KEY: 'key', SELAH_PAID_REQUESTS_PER_DAY: 4 }
const visitor = (key: string, churchId: string | null = null) => ({ key, isShared: false, churchId })

it('limits the paid requests of a church in a day over all its callers, and those of a caller at a time', async () => {
  const services = { db: first.db, env: paid }
  for (let caller = 0; caller < 4; caller += 1) await limitRequest(services, 'ask', visitor(`v${caller}`))
  await expect(limitRequest(services, 'ask', visitor('v5'))).rejects.toMatchObject({
    code: 'rate_limited',
    reason: 'ask.daily_limit',
    retryAfterMs: expect.any(Number),
  })
  await limitRequest(services, 'ask', visitor('member', 'church'))
  await limitRequest(services, 'search', visitor('v5'))

  const plenty = { db: first.db, env: { ...paid, SELAH_PAID_REQUESTS_PER_DAY: 1_000 } }
  const requests = Array.from({ length: 60 }, () =>
    limitRequest(plenty, 'ask', visitor('v6', 'another church')),
  )
  const refused = (await Promise.allSettled(requests)).filter(({ status }) => status === 'rejected')
  expect(refused.length).toBeGreaterThan(10)
})

it('leaves most of the paid requests of a day to other visitors, whichever networks of a site one of them uses', async () => {
  const services = { db: first.db, env: { ...paid, SELAH_PAID_REQUESTS_PER_DAY: 200 } }
  const search = (key: string) => limitRequest(services, 'search', visitor(key))
  for (let count = 0; count < 20; count += 1) await search(`2001:db8:1:${count}`)
  await expect(search('2001:db8:1:99')).rejects.toMatchObject({ reason: 'search.daily_limit' })
  await search('2001:db8:2:1')
  await search('203.0.113.9')
})

it('lets a person go through 200 live pages quickly, and limits a program', async () => {
  const services = { db: first.db, env: paid }
  const open = (count: number) =>
    Promise.allSettled(
      Array.from({ length: count }, () => limitRequest(services, 'live', visitor('operator'))),
    )
  expect((await open(200)).filter(({ status }) => status === 'rejected')).toEqual([])
  expect((await open(200)).filter(({ status }) => status === 'rejected').length).toBeGreaterThan(100)
})
