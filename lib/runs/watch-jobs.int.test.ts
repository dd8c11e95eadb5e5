import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import {
  copyTestDatabase,
  endProcess,
  type RunningDatabase,
  startDatabase,
} from '#harness/start-test-database.ts'
import { connectDatabase, type Database, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { deadLetters, events, redrives, runSteps, runs, scheduledEvents } from '#lib/db/schema.ts'
import { createJobWatcher } from '#lib/runs/watch-jobs.ts'
import { createChurch } from '#test/job-fixtures.ts'

let directory: string
let database: RunningDatabase
let connection: DatabaseConnection
let churchId: string
let stop: () => void
const notified: (string | null)[] = []
const runId = 'run_watched'
const deadLetterId = randomUUID()
const redriveId = randomUUID()

beforeAll(async () => {
  directory = await copyTestDatabase()
  database = await startDatabase(directory)
  connection = connectDatabase(database.connectionString)
  churchId = await createChurch(connection.db)
  const watcher = createJobWatcher({ connectionString: database.connectionString })
  stop = watcher.subscribe({
    onChange: (changed) => notified.push(changed),
    onLost: () => notified.push('lost'),
  })
  await vi.waitFor(() => expect(notified).toEqual([null]), { timeout: 60_000, interval: 10 })
})

beforeEach(() => {
  notified.length = 0
})

afterAll(async () => {
  stop?.()
  await connection?.close()
  await endProcess(database.child, 'SIGKILL')
  await rm(directory, { recursive: true, force: true })
})

/** Marks the end of the changes of one test: notifications arrive in commit order. */
async function waitForNotifications(): Promise<(string | null)[]> {
  const end = randomUUID()
  await connection.db.execute(sql`select pg_notify('selah_jobs', ${end})`)
  await expect.poll(() => notified, { timeout: 60_000, interval: 10 }).toContain(end)
  return notified.slice(0, notified.indexOf(end))
}

/** A redrive while it releases its dead letters. */
const runningRedrive = {
  id: redriveId,
  fingerprint: 'one kind',
  state: 'running' as const,
  perSecond: 1,
  total: 1,
}

const changes: [string, (db: Database) => Promise<unknown>][] = [
  [
    'a run begins',
    (db) => db.insert(runs).values({ id: runId, taskId: 'announce', status: 'running', churchId }),
  ],
  ['a run ends', (db) => db.update(runs).set({ status: 'completed' }).where(eq(runs.id, runId))],
  [
    'a step begins',
    (db) =>
      db.insert(runSteps).values({
        workKey: 'work',
        name: 'step',
        taskId: 'announce',
        runId,
        churchId,
        status: 'running',
        attempt: 1,
      }),
  ],
  ['a step ends', (db) => db.update(runSteps).set({ status: 'completed' })],
  [
    'an event is written',
    (db) => db.insert(events).values({ type: 'sermon.reprocess', churchId, payload: {} }),
  ],
  ['an event is forwarded', (db) => db.update(events).set({ state: 'forwarded' })],
  [
    'an event is scheduled',
    (db) =>
      db
        .insert(scheduledEvents)
        .values({ key: 'plan', type: 'sermon.publish-due', churchId, payload: {}, dueAt: new Date() }),
  ],
  ['a scheduled event is cancelled', (db) => db.delete(scheduledEvents)],
  [
    'a dead letter is recorded',
    (db) =>
      db.insert(deadLetters).values({
        id: deadLetterId,
        kind: 'run',
        subject: runId,
        type: 'announce',
        churchId,
        fingerprint: 'one kind',
        reason: 'It failed.',
        advice: 'Redrive it.',
        redriveId,
      }),
  ],
  [
    'a redrive of it ends',
    async (db) => {
      await db.insert(redrives).values(runningRedrive)
      await db.update(redrives).set({ state: 'finished' })
    },
  ],
  ['the dead letter is resolved', (db) => db.update(deadLetters).set({ state: 'resolved' })],
]

test.each(changes)('%s: its church is notified, once', async (_, change) => {
  await change(connection.db)
  expect(await waitForNotifications()).toEqual([churchId])
})

test('a thousand rows in one transaction are one notification', async () => {
  await connection.db.insert(runs).values(
    Array.from({ length: 1000 }, (_, index) => ({
      id: `run_${index}`,
      taskId: 'announce',
      status: 'queued' as const,
      churchId,
    })),
  )
  expect(await waitForNotifications()).toEqual([churchId])
})

test('a change without a church notifies everyone', async () => {
  await connection.db.insert(runs).values({ id: 'run_of_nobody', taskId: 'announce', status: 'queued' })
  expect(await waitForNotifications()).toEqual([null])
})

test('checking a run again sends no notification, and a redrive sends one only when it ends', async () => {
  const { db } = connection
  await db.update(runs).set({ updatedAt: new Date() })
  await db.update(redrives).set({ released: 1 })
  expect(await waitForNotifications()).toEqual([])
})

test('a change that is rolled back sends no notification', async () => {
  await expect(
    connection.db.transaction(async (tx) => {
      await tx.update(runs).set({ status: 'failed' })
      throw new Error('changed its mind')
    }),
  ).rejects.toThrow('changed its mind')
  expect(await waitForNotifications()).toEqual([])
})

test('a lost connection is reported; after the reconnect every church is notified and listening continues', async () => {
  await endProcess(database.child, 'SIGKILL')
  database = await startDatabase(directory, {
    SELAH_DATABASE_PORT: String(database.port),
    SELAH_DATABASE_PASSWORD: new URL(database.connectionString).password,
  })
  await expect.poll(() => notified, { timeout: 60_000, interval: 10 }).toEqual(['lost', null])
  notified.length = 0
  await connection.db.update(runs).set({ status: 'failed' }).where(eq(runs.id, runId))
  expect(await waitForNotifications()).toEqual([churchId])
})
