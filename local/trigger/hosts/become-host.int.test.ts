import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { type Database, openDatabase } from '../database/open-database.ts'
import { becomeHost } from './become-host.ts'

const log = () => {}
/** Two processes that run as long as this test. */
const pids = [process.pid, process.ppid]

let database: TestDatabase
let connections: Database[]

beforeAll(async () => {
  database = await startTestDatabase()
  connections = pids.map(() =>
    openDatabase({ connectionString: database.connectionString, maxConnections: 1, log }),
  )
})

afterAll(async () => {
  for (const connection of connections ?? []) await connection.close()
  await database?.stop()
})

/** Both processes start an engine at the same time. */
const startBoth = (now: () => Date) =>
  Promise.allSettled(
    connections.map((db, index) => becomeHost(db, { id: `host_${index}`, pid: pids[index] ?? 0, now, log })),
  )

test('of two engines that start at the same time, one gets the database and the other says which', async () => {
  const results = await startBoth(() => new Date())
  const [winner] = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
  expect(refusals).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/^Another job engine \(process \d+ on/) }),
  ])
  await winner?.stop()
})

test('an engine that has stopped, or was silent for too long, is replaced', async () => {
  const [first] = connections
  if (!first) throw new Error('There is no connection')
  const start = new Date()
  const host = (index: number, now: Date) => ({
    id: `later_${index}`,
    pid: pids[index] ?? 0,
    now: () => now,
    log,
  })
  const silent = await becomeHost(first, host(0, start))
  await expect(becomeHost(first, host(1, start))).rejects.toThrow('Another job engine')
  const successor = await becomeHost(first, host(1, new Date(start.getTime() + 20_000)))
  await successor.stop()
  await silent.stop()
})
