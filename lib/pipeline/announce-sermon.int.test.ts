import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { auditLog, runSteps, sermons } from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { announceSermon } from '#lib/pipeline/announce-sermon.ts'
import { createChurch, createSermons } from '#test/job-fixtures.ts'

let database: TestDatabase
let services: Services
let churchId: string
let sermonId: string

beforeAll(async () => {
  database = await startTestDatabase()
  services = createServices(
    envSchema.parse({
      DATABASE_URL: database.connectionString,
      SUPABASE_URL: 'http://127.0.0.1:9',
      SUPABASE_PUBLISHABLE_KEY: 'nobody',
      SUPABASE_SECRET_KEY: 'nobody',
      TRIGGER_SECRET_KEY: 'nobody',
    }),
  )
  churchId = await createChurch(services.db)
  const [id = ''] = await createSermons(services.db, { churchId, count: 1, transcriptRevision: 1 })
  sermonId = id
})

afterAll(async () => {
  await services?.close()
  await database?.stop()
})

const announce = (attempt: number) =>
  announceSermon(
    {
      services,
      run: { runId: 'run_1', taskId: 'announce', attempt, signal: new AbortController().signal },
    },
    { churchId, sermonId },
  )
const announcements = () => services.db.select().from(auditLog).where(eq(auditLog.subject, sermonId))

test('a run that dies before its announcement is recorded as done does not announce twice', async () => {
  await announce(1)
  // The state after a kill between the announcement and its record.
  await services.db
    .update(runSteps)
    .set({ status: 'running', result: null, finishedAt: null })
    .where(eq(runSteps.sermonId, sermonId))
  await announce(2)
  expect(await announcements()).toHaveLength(1)
})

test('a new version of the sermon is announced again', async () => {
  await services.db.update(sermons).set({ transcriptRevision: 2 }).where(eq(sermons.id, sermonId))
  await announce(1)
  expect(await announcements()).toHaveLength(2)
})
