import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { connectDatabase, type DatabaseConnection } from '#lib/db/connect-database.ts'
import { auditLog, events, runSteps, runs, sermons } from '#lib/db/schema.ts'
import { rerunStep } from '#lib/runs/rerun-step.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

const actorId = '00000000-0000-4000-8000-000000000001'
let database: TestDatabase
let connection: DatabaseConnection
let churchId: string
let sermonId: string

beforeAll(async () => {
  database = await startTestDatabase()
  connection = connectDatabase(database.connectionString)
  churchId = await createChurch(connection.db)
})

afterAll(async () => {
  await connection?.close()
  await database?.stop()
})

beforeEach(async () => {
  const ready = { mediaStatus: 'ready', transcriptStatus: 'ready', indexStatus: 'ready' } as const
  const columns = { ...ready, transcriptRevision: 1 }
  const [id = ''] = await createSermons(connection.db, { churchId, count: 1, ...columns })
  sermonId = id
  for (const [facet, names] of [
    ['media/1', ['probe', 'measure', 'level', 'encode', 'make-playable']],
    ['transcript/1/heard', ['find-pauses', 'listen', 'store']],
    ['index/1/lexical', ['plan', 'embed', 'store']],
    ['announce/1/1', ['announce']],
    ['request/x', ['forget']],
  ] as const) {
    for (const name of names) {
      await connection.db.insert(runSteps).values({
        ...{ workKey: `${sermonId}/${facet}`, name, taskId: 't', runId: 'run_1', attempt: 1 },
        ...{ churchId, sermonId, status: 'completed', result: {} },
      })
    }
  }
})

const steps = async () => {
  const rows = await connection.db.select().from(runSteps).where(eq(runSteps.sermonId, sermonId))
  return rows.map(({ workKey, name }) => `${workKey.split('/')[1]}/${name}`).sort()
}
const stepId = async (facet: string, name: string) => {
  const rows = await connection.db.select().from(runSteps).where(eq(runSteps.sermonId, sermonId))
  const found = rows.find((row) => row.name === name && row.workKey.includes(`/${facet}/`))
  return found?.id ?? ''
}
const rerun = async (facet: string, name: string) =>
  rerunStep({ db: connection.db }, { stepId: await stepId(facet, name), churchId, actorId })

test('a step is deleted with the steps that depend on it, across facets, and the pipeline is requested', async () => {
  const id = await stepId('transcript', 'store')
  const { eventId, steps: again } = await rerun('transcript', 'store')
  expect(again).toEqual(['transcript/store', 'index/plan', 'index/embed', 'index/store'])
  expect(await steps()).toEqual([
    'announce/announce',
    'media/encode',
    'media/level',
    'media/make-playable',
    'media/measure',
    'media/probe',
    'request/forget',
    'transcript/find-pauses',
    'transcript/listen',
  ])
  const [event] = await connection.db.select().from(events).where(eq(events.id, eventId))
  expect(event).toMatchObject({ type: 'sermon.reprocess', payload: { sermonId, redo: [] } })
  const [sermon] = await connection.db.select().from(sermons).where(eq(sermons.id, sermonId))
  expect(sermon).toMatchObject({
    mediaStatus: 'ready',
    transcriptStatus: 'pending',
    indexStatus: 'pending',
  })
  const audit = await connection.db.select().from(auditLog).where(eq(auditLog.subject, id))
  expect(audit).toMatchObject([{ action: 'step.rerun', actorId }])
})

test('an announcement runs again alone', async () => {
  const { eventId, steps: again } = await rerun('announce', 'announce')
  expect(again).toEqual(['announce/announce'])
  expect(await steps()).not.toContain('announce/announce')
  expect(await steps()).toHaveLength(12)
  const [event] = await connection.db.select().from(events).where(eq(events.id, eventId))
  expect(event).toMatchObject({ type: 'sermon.reprocess', payload: { sermonId, redo: [] } })
  const [sermon] = await connection.db.select().from(sermons).where(eq(sermons.id, sermonId))
  expect(sermon).toMatchObject({ mediaStatus: 'ready', transcriptStatus: 'ready', indexStatus: 'ready' })
})

test('a sermon that is being processed is not changed', async () => {
  await connection.db
    .insert(runs)
    .values({ id: `run_${sermonId}`, taskId: 'process-sermon', sermonId, churchId, status: 'waiting' })
  await expect(rerun('media', 'level')).rejects.toMatchObject({ code: 'conflict' })
  expect(await steps()).toHaveLength(13)
})

test('of two simultaneous requests one is accepted', async () => {
  const both = await Promise.allSettled([rerun('media', 'level'), rerun('media', 'level')])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await connection.db.$count(events, eq(events.sermonId, sermonId))).toBe(1)
})

test('a step of an earlier recording, of a request or of another church is refused', async () => {
  const { db } = connection
  await expect(rerun('request', 'forget')).rejects.toMatchObject({ code: 'conflict' })
  const id = await stepId('media', 'level')
  const stranger = await createChurch(db)
  const theirs = { stepId: id, churchId: stranger, actorId }
  await expect(rerunStep({ db }, theirs)).rejects.toMatchObject({ code: 'not_found' })
  await db.update(sermons).set({ mediaRevision: 2 }).where(eq(sermons.id, sermonId))
  await expect(rerun('media', 'level')).rejects.toMatchObject({ code: 'conflict' })
})
