import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase } from '#lib/db/connect-database.ts'
import { logs, spans } from '#lib/db/schema.ts'
import { pruneTelemetry } from '#lib/telemetry/prune-telemetry.ts'
import { type SpanRow, TelemetryStore } from '#lib/telemetry/telemetry-store.ts'

const now = new Date('2026-06-01T12:00:00Z')
const hour = 3600_000

let database: TestDatabase
let connection: ReturnType<typeof connectDatabase>

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString, { maxConnections: 2 })
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

beforeEach(async () => {
  await connection.db.execute(sql`truncate spans, logs`)
})

const createSpan = (index: number, ageMs = 0): SpanRow => ({
  span_id: `span${index}`,
  trace_id: 'trace',
  parent_span_id: null,
  run_id: 'run_1',
  name: 'work',
  status: 'ok',
  started_at: new Date(now.getTime() - ageMs).toISOString(),
  duration_ms: 1,
  is_anonymous: false,
  attributes: {},
})

async function keep(rows: SpanRow[]) {
  const store = new TelemetryStore(() => database.connectionString)
  for (const row of rows) {
    store.addSpan(row)
    store.addLog({ ...row, span_id: row.span_id, level: 'info', message: row.name, at: row.started_at })
  }
  // Logs are written last, and closing waits only briefly for unwritten rows.
  await expect.poll(async () => (await kept()).logs.length).toBe(rows.length)
  await store.close()
  return store
}

const kept = async () => ({
  spans: (await connection.db.select().from(spans).orderBy(spans.startedAt)).map(({ spanId }) => spanId),
  logs: (await connection.db.select().from(logs).orderBy(logs.at)).map(({ spanId }) => spanId),
})

const prune = (keepDays: number, maxRows: number) =>
  pruneTelemetry({ db: connection.db, now: () => now }, { keepDays, maxRows })

describe('stored spans and logs', () => {
  test('are removed after the configured days', async () => {
    await keep([createSpan(1, 73 * hour), createSpan(2, 71 * hour), createSpan(3)])
    expect(await prune(3, 100)).toBe(2)
    expect(await kept()).toEqual({ spans: ['span2', 'span3'], logs: ['span2', 'span3'] })
  })

  test('are limited in number: the oldest rows are removed first', async () => {
    await keep(Array.from({ length: 8 }, (_, index) => createSpan(index, (10 - index) * hour)))
    expect(await prune(30, 3)).toBe(10)
    expect(await kept()).toEqual({
      spans: ['span5', 'span6', 'span7'],
      logs: ['span5', 'span6', 'span7'],
    })
    expect(await prune(30, 3)).toBe(0)
  })

  test('is not displaced by the spans of visitors, which have a smaller allowance of their own', async () => {
    const operators = [1, 2].map((index) => createSpan(index, (20 - index) * hour))
    const visitors = [3, 4, 5, 6, 7, 8].map((index) => ({
      ...createSpan(index, (10 - index) * hour),
      is_anonymous: true,
    }))
    await keep([...operators, ...visitors])
    await prune(30, 20)
    expect((await kept()).spans).toEqual(['span1', 'span2', 'span7', 'span8'])
  })

  test('is written once, whatever is in it', async () => {
    const odd = {
      ...createSpan(1),
      name: 'a \u0000 b',
      attributes: { text: 'nul \u0000 half \ud83d', quote: '\\u0000 "' },
    }
    const store = await keep([odd, odd])
    expect(store.droppedRows).toBe(0)
    expect((await kept()).spans).toEqual(['span1'])
  })
})

describe('rows that cannot be written', () => {
  test('are dropped and counted when the database is unreachable', async () => {
    const store = new TelemetryStore(() => 'postgres://nobody@127.0.0.1:9/none')
    for (let index = 0; index < 5; index += 1) store.addSpan(createSpan(index))
    await store.flush()
    expect(store.droppedRows).toBe(5)
    await store.close()
  })

  test('are dropped when they arrive faster than they can be written, so that memory is limited', async () => {
    const store = new TelemetryStore(() => database.connectionString)
    for (let index = 0; index < 2500; index += 1) store.addSpan(createSpan(index))
    expect(store.droppedRows).toBe(500)
    await expect.poll(async () => (await kept()).spans.length).toBe(2000)
    await store.close()
    expect(store.droppedRows).toBe(500)
  })

  test('do not block a caller while the table is locked, and are stored when it is unlocked', async () => {
    const store = new TelemetryStore(() => database.connectionString)
    const isLocked = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const locked = connection.db.transaction(async (tx) => {
      await tx.execute(sql`lock table spans in access exclusive mode`)
      isLocked.resolve()
      await release.promise
    })
    await isLocked.promise
    store.addSpan(createSpan(1))
    // Comes back while the lock is held; otherwise the test would not end.
    await store.flush()
    release.resolve()
    await locked
    await expect.poll(async () => (await kept()).spans).toEqual(['span1'])
    await store.close()
  })
})
