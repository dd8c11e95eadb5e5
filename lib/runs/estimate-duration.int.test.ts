import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { runSteps, runs } from '#lib/db/schema.ts'
import { estimateDuration } from '#lib/runs/estimate-duration.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

let database: TestDatabase
let connection: DatabaseConnection

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

test('an estimate uses runs that did the work, not runs that skipped or postponed it', async () => {
  const { db } = connection
  const churchId = await createChurch(db)
  const [sermonId = ''] = await createSermons(db, { churchId, count: 1, durationMs: 60_000 })
  const at = new Date('2026-05-01T10:00:00Z')
  const ran = async (id: string, tookMs: number, kind: 'worked' | 'skipped' | 'postponed') => {
    await db.insert(runs).values({
      ...{ id, taskId: 'transcribe', churchId, sermonId, status: 'completed' as const, startedAt: at },
      finishedAt: new Date(at.getTime() + tookMs),
      output: kind === 'postponed' ? { postponed: true } : { transcript: 'ready' },
    })
    if (kind === 'skipped') return
    const step = { workKey: id, name: 'listen', taskId: 'transcribe', runId: id, attempt: 1 }
    await db.insert(runSteps).values({ ...step, status: 'completed', churchId, sermonId })
  }
  const estimate = () => estimateDuration({ db }, { taskId: 'transcribe', recordingMs: 120_000 })
  for (let index = 0; index < 5; index += 1) {
    await ran(`run_skipped_${index}`, 100, 'skipped')
    await ran(`run_postponed_${index}`, 100, 'postponed')
  }
  expect(await estimate()).toBeNull()
  await ran('run_1', 20_000, 'worked')
  await ran('run_2', 30_000, 'worked')
  await ran('run_3', 40_000, 'worked')
  expect(await estimate()).toEqual({ lowMs: 60_000, highMs: 80_000 })
})
