import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { backgroundLeases } from '#lib/db/schema.ts'
import { createLeases } from './leases.ts'

let database: TestDatabase
let connection: DatabaseConnection
const unaborted = new AbortController().signal
const nothing = async () => {}

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

/** The leases of two processes, with times that a test can wait for. */
const createPair = (times?: { leaseMs: number; renewMs: number }) =>
  [
    createLeases({ db: connection.db, holder: 'first' }, times),
    createLeases({ db: connection.db, holder: 'second' }, times),
  ] as const

const expiryOf = async (name: string) => {
  const rows = await connection.db.select().from(backgroundLeases).where(eq(backgroundLeases.name, name))
  return rows[0]?.expiresAt.getTime() ?? 0
}

test('two processes do not perform a job at the same time', async () => {
  const [first, second] = createPair()
  const name = 'at the same time'
  let ranAtTheSameTime = false
  const ran = await first.hold(name, unaborted, async () => {
    ranAtTheSameTime = await second.hold(name, unaborted, nothing)
  })
  expect({ ran, ranAtTheSameTime }).toEqual({ ran: true, ranAtTheSameTime: false })
})

test('a process keeps its lease between passes, and another gets it when it is released', async () => {
  const [first, second] = createPair()
  const name = 'between passes'
  expect(await first.hold(name, unaborted, nothing)).toBe(true)
  expect(await second.hold(name, unaborted, nothing)).toBe(false)
  expect(await first.hold(name, unaborted, nothing)).toBe(true)
  await first.release()
  expect(await second.hold(name, unaborted, nothing)).toBe(true)
})

test('the lease of a process that died expires', async () => {
  const [first, second] = createPair({ leaseMs: 100, renewMs: 20 })
  const name = 'after a death'
  expect(await first.hold(name, unaborted, nothing)).toBe(true)
  await expect.poll(() => second.hold(name, unaborted, nothing)).toBe(true)
})

test('a pass that takes longer than a lease keeps it', async () => {
  const [first, second] = createPair({ leaseMs: 2_000, renewMs: 50 })
  const name = 'long pass'
  await first.hold(name, unaborted, async () => {
    const firstExpiry = await expiryOf(name)
    await expect
      .poll(async () => {
        const { rows } = await connection.db.execute<{ now: Date }>(sql`select clock_timestamp() as now`)
        return new Date(rows[0]?.now ?? 0).getTime()
      })
      .toBeGreaterThan(firstExpiry)
    expect(await second.hold(name, unaborted, nothing)).toBe(false)
  })
})

test('a pass is aborted when another process has got its lease', async () => {
  const [first] = createPair({ leaseMs: 10_000, renewMs: 20 })
  const name = 'lost'
  await first.hold(name, unaborted, async (signal) => {
    await connection.db
      .update(backgroundLeases)
      .set({ holder: 'second' })
      .where(eq(backgroundLeases.name, name))
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    expect(String(signal.reason)).toContain('was lost')
  })
})

test('a pass is aborted when its process stops', async () => {
  const [first] = createPair()
  const stop = new AbortController()
  await first.hold('stopped', stop.signal, async (signal) => {
    stop.abort()
    expect(signal.aborted).toBe(true)
  })
})
