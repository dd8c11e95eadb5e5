import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { runSteps } from '#lib/db/schema.ts'
import { AppError } from '#lib/errors.ts'
import { runStep, type Work } from '#lib/runs/run-step.ts'

let database: TestDatabase
let connection: DatabaseConnection
let work: Work
let done: string[]

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

beforeEach(() => {
  done = []
  work = {
    db: connection.db,
    workKey: `${randomUUID()}/media/1`,
    taskId: 'prepare-media',
    runId: 'run_1',
    attempt: 1,
    churchId: randomUUID(),
    sermonId: randomUUID(),
    signal: new AbortController().signal,
  }
})

const measured = z.object({ loudness: z.number() })
const measure = (result: z.input<typeof measured> = { loudness: -16 }) => {
  done.push('measure')
  return Promise.resolve(result)
}
const stored = async () =>
  (await connection.db.select().from(runSteps).where(eq(runSteps.workKey, work.workKey)))[0]

test('a step runs once; a replay, in this run or another, gets the stored result', async () => {
  const step = { name: 'measure', result: measured }
  expect(await runStep(work, step, () => measure())).toEqual({ loudness: -16 })
  expect(await runStep(work, step, () => measure({ loudness: 0 }))).toEqual({ loudness: -16 })
  const later = { ...work, runId: 'run_2', attempt: 3 }
  expect(await runStep(later, step, () => measure({ loudness: 0 }))).toEqual({ loudness: -16 })
  expect(done).toEqual(['measure'])
})

test('its result survives a deploy that adds a field with a default, and one that adds an optional field', async () => {
  await runStep(work, { name: 'measure', result: measured }, () => measure())
  const withDefault = measured.extend({ peaks: z.array(z.number()).default([]) })
  expect(await runStep(work, { name: 'measure', result: withDefault }, () => measure())).toEqual({
    loudness: -16,
    peaks: [],
  })
  const withOptional = measured.extend({ note: z.string().optional() })
  expect(await runStep(work, { name: 'measure', result: withOptional }, () => measure())).toEqual({
    loudness: -16,
  })
  expect(done).toEqual(['measure'])
})

test('a deploy that removes a field still uses the stored result, so a rollback is possible', async () => {
  const wide = measured.extend({ peak: z.number() })
  await runStep(work, { name: 'measure', result: wide }, async () => ({ ...(await measure()), peak: -1 }))
  expect(await runStep(work, { name: 'measure', result: measured }, () => measure())).toEqual({
    loudness: -16,
  })
  expect(
    await runStep(work, { name: 'measure', result: wide }, () => Promise.reject(new Error('again'))),
  ).toEqual({
    loudness: -16,
    peak: -1,
  })
  expect(done).toEqual(['measure'])
})

test('a deploy that changes the shape runs the step again, once', async () => {
  await runStep(work, { name: 'measure', result: measured }, () => measure())
  const changed = z.object({ loudness: z.object({ lufs: z.number() }) })
  const again = () => {
    done.push('again')
    return Promise.resolve({ loudness: { lufs: -16 } })
  }
  expect(await runStep(work, { name: 'measure', result: changed }, again)).toEqual({
    loudness: { lufs: -16 },
  })
  expect(await runStep(work, { name: 'measure', result: changed }, again)).toEqual({
    loudness: { lufs: -16 },
  })
  expect(done).toEqual(['measure', 'again'])
})

test('a result that does not match its schema fails the step, and the step runs again', async () => {
  const step = { name: 'measure', result: measured }
  await expect(runStep(work, step, () => measure({ loudness: Number.NaN }))).rejects.toThrow()
  expect(await stored()).toMatchObject({ status: 'failed', result: null, error: { name: 'ZodError' } })
  expect(await runStep(work, step, () => measure())).toEqual({ loudness: -16 })
  expect(await stored()).toMatchObject({ status: 'completed', error: null })
})

test('a failure is stored with its reason and thrown unchanged; a later run repeats the step', async () => {
  const step = { name: 'measure', result: measured }
  const failure = new AppError('vendor_failed', 'It did not answer.', { reason: 'speech.silent' })
  await expect(runStep(work, step, () => Promise.reject(failure))).rejects.toBe(failure)
  expect(await stored()).toMatchObject({ status: 'failed', error: { reason: 'speech.silent' } })
  await runStep({ ...work, runId: 'run_2' }, step, () => measure())
  expect(await stored()).toMatchObject({ status: 'completed', runId: 'run_2' })
})

test('a step that a killed run left unfinished is run by the next', async () => {
  const { workKey, taskId, attempt } = work
  await connection.db
    .insert(runSteps)
    .values({ workKey, name: 'measure', taskId, runId: 'run_killed', status: 'running', attempt })
  await runStep(work, { name: 'measure', result: measured }, () => measure())
  expect(await stored()).toMatchObject({ status: 'completed', runId: 'run_1' })
})

test('a cancelled run begins no further step, and still gets stored results', async () => {
  const step = { name: 'measure', result: measured }
  const cancelled = { ...work, signal: AbortSignal.abort(new Error('cancelled')) }
  await expect(runStep(cancelled, step, () => measure())).rejects.toThrow('cancelled')
  expect(done).toEqual([])
  await runStep(work, step, () => measure())
  expect(await runStep(cancelled, step, () => measure())).toEqual({ loudness: -16 })
})
