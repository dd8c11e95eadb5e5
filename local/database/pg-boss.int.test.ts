import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'

let database: TestDatabase
let pool: Pool
let boss: PgBoss
const errors: Error[] = []

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [] })
  pool = new Pool({ connectionString: database.connectionString, max: 3 })
  boss = new PgBoss({ connectionString: database.connectionString, max: 3, useListenNotify: true })
  boss.on('error', (error) => errors.push(error))
  await boss.start()
})

afterAll(async () => {
  await boss.stop({ graceful: false })
  await pool.end()
  await database.stop()
})

it('sends a job in the transaction of the caller: kept on commit, dropped on rollback', async () => {
  await boss.createQueue('in-transaction')
  for (const end of ['commit', 'rollback']) {
    const client = await pool.connect()
    await client.query('begin')
    const db = { executeSql: (text: string, values?: unknown[]) => client.query(text, values) }
    await boss.send('in-transaction', { end }, { db })
    await client.query(end)
    client.release()
  }
  const jobs = await boss.fetch('in-transaction', { batchSize: 10 })
  expect(jobs.map((job) => job.data)).toEqual([{ end: 'commit' }])
})

it('starts a job when it is notified, without waiting for the next poll', async () => {
  await boss.createQueue('notified', { notify: true })
  const started = new Promise<void>((resolve) => {
    boss.work('notified', { pollingIntervalSeconds: 3_600, useListenNotify: true }, async () => resolve())
  })
  // The first poll happens when the worker starts; the job must come after it.
  await expect
    .poll(async () => (await pool.query('select 1 from pg_listening_channels()')).rowCount)
    .toBeGreaterThan(0)
  await new Promise((resolve) => setTimeout(resolve, 300))
  await boss.send('notified', {})
  await started
})

it('retries a failed job and then moves it to the dead-letter queue', async () => {
  await boss.createQueue('given-up')
  await boss.createQueue('fragile', { retryLimit: 1, retryDelay: 0, deadLetter: 'given-up' })
  let attempts = 0
  await boss.work('fragile', { pollingIntervalSeconds: 0.5 }, async () => {
    attempts += 1
    throw new Error('not today')
  })
  await boss.send('fragile', { sermon: 7 })
  await expect
    .poll(async () => (await boss.fetch('given-up')).map((job) => job.data), {
      timeout: 30_000,
      interval: 250,
    })
    .toEqual([{ sermon: 7 }])
  expect(attempts).toBe(2)
})

it('reported no error in the meantime', () => {
  expect(errors).toEqual([])
})
