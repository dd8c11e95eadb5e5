import { and, eq, inArray, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestDatabase, type TestDatabase } from '#harness/start-test-database.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import {
  auditLog,
  deadLetters,
  events,
  passages,
  redrives,
  runSteps,
  sermons,
  transcripts,
} from '#lib/db/schema.ts'
import { advanceRedrives } from '#lib/dead-letters/advance-redrives.ts'
import { recordExhaustedEvent } from '#lib/dead-letters/record-exhausted-event.ts'
import { startRedrive } from '#lib/dead-letters/start-redrive.ts'
import { envSchema } from '#lib/env.ts'
import { forwardEvents } from '#lib/events/forward-events.ts'
import { catalog } from '#lib/jobs/catalog.ts'
import { connectJobEngine } from '#lib/jobs/connect-job-engine.ts'
import { announceSermon } from '#lib/pipeline/announce-sermon.ts'
import { indexSermon } from '#lib/pipeline/index-sermon.ts'
import { needsIndex, planProcessing } from '#lib/pipeline/plan-processing.ts'
import { createChurch, createRunDeadLetters, createSermons } from '#test/job-fixtures.ts'
import { type LoopbackEngine, startLoopbackEngine } from '#test/start-loopback-engine.ts'

const SERMONS = 120
const DEAD_LETTERS = 150
const words = 'Grace is not earned . It is given to those who ask for it'.split(' ')

let database: TestDatabase
let services: Services
let engine: LoopbackEngine
let time = new Date(Date.now() + 1000)
const now = () => time

beforeAll(async () => {
  database = await startTestDatabase()
  engine = await startLoopbackEngine()
  services = createServices(
    envSchema.parse({
      DATABASE_URL: database.connectionString,
      SUPABASE_URL: 'http://127.0.0.1:9',
      SUPABASE_PUBLISHABLE_KEY: 'sb_publishable_x',
      SUPABASE_SECRET_KEY: 'sb_secret_x',
      TRIGGER_API_URL: engine.apiUrl,
      TRIGGER_SECRET_KEY: 'tr_dev_loopback',
    }),
  )
})

afterAll(async () => {
  await services?.close()
  await engine?.stop()
  await database?.stop()
})

const contextOf = (runId: string, taskId: string) => ({
  services,
  run: { runId, taskId, attempt: 1, signal: new AbortController().signal },
})

/** The work of `process-sermon` for a sermon with a ready recording and transcript. */
async function processSermon(runId: string, input: unknown) {
  const payload = catalog['process-sermon'].parse(input)
  const context = contextOf(runId, 'process-sermon')
  await planProcessing(context, payload)
  if (await needsIndex(context, payload)) await indexSermon(contextOf(`${runId}i`, 'index-passages'), payload)
  await announceSermon(contextOf(`${runId}a`, 'announce'), payload)
}

test('redriving 150 dead letters of failed indexing makes every artefact exactly once', async () => {
  const { db } = services
  const churchId = await createChurch(db)
  const sermonIds = await createSermons(db, {
    churchId,
    count: SERMONS,
    mediaStatus: 'ready',
    transcriptStatus: 'ready',
    transcriptRevision: 1,
    indexStatus: 'failed',
  })
  for (let start = 0; start < sermonIds.length; start += 200) {
    await db.insert(transcripts).values(
      sermonIds.slice(start, start + 200).map((sermonId) => ({
        ...{
          churchId,
          sermonId,
          revision: 1,
          mediaRevision: 1,
          source: 'upload' as const,
          language: 'en',
          isDraft: false,
        },
        words: words.map((word, index): [string, number, number] => [word, index * 400, index * 400 + 350]),
        sentences: [
          [0, 4],
          [5, words.length - 1],
        ] as [number, number][],
      })),
    )
  }
  // The failures happen at different points: before anything, in the middle, and just before the last record.
  const finished = sermonIds.slice(0, 10)
  const halfway = sermonIds.slice(10, 20)
  for (const sermonId of [...finished, ...halfway]) {
    await indexSermon(contextOf('run_first', 'index-passages'), { churchId, sermonId })
  }
  await db.delete(runSteps).where(and(inArray(runSteps.sermonId, halfway), eq(runSteps.name, 'store')))
  await db.delete(passages).where(inArray(passages.sermonId, halfway))
  await db
    .update(sermons)
    .set({ indexStatus: 'failed' })
    .where(inArray(sermons.id, [...finished, ...halfway]))

  // One of the child's run for each sermon, and more of the parent's for some of the same sermons.
  const letters = { churchId, fingerprint: 'database away', createdAt: new Date(time.getTime() - 60_000) }
  await createRunDeadLetters(db, { ...letters, sermonIds, type: 'index-passages' })
  await db.insert(deadLetters).values(
    sermonIds.slice(0, DEAD_LETTERS - SERMONS).map((sermonId) => ({
      ...{ kind: 'run' as const, subject: `run_parent_${sermonId}`, type: 'process-sermon', ...letters },
      ...{ sermonId, reason: 'r', advice: 'a' },
    })),
  )

  const jobs = connectJobEngine(services.env)
  let requests = 0
  engine.fault = () => {
    requests += 1
    return requests % 20 === 0 ? 'accept-then-hang-up' : 'none'
  }
  const started = await startRedrive(
    { db, now },
    { fingerprint: 'database away', perSecond: 30, churchId, actorId: null },
  )
  expect(started.total).toBe(DEAD_LETTERS)
  const performed = new Set<string>()
  for (let turn = 0; turn < 60; turn += 1) {
    // Two processes advance the redrive and forward, as after an unclean restart.
    await Promise.all([advanceRedrives({ db, now }), advanceRedrives({ db, now })])
    const forwarding = { db, jobs, now, random: () => 0, recordExhausted: recordExhaustedEvent }
    await Promise.all([forwardEvents(forwarding, { limit: 200 }), forwardEvents(forwarding, { limit: 200 })])
    for (const run of engine.runs) {
      if (performed.has(run.id)) continue
      await processSermon(run.id, run.payload)
      // An engine may start a run again after a crash that it did not notice.
      if (performed.size % 10 === 0) await processSermon(run.id, run.payload)
      performed.add(run.id)
    }
    const [redrive] = await db.select().from(redrives).where(eq(redrives.id, started.id))
    if (redrive?.state === 'finished' && (await db.$count(events, eq(events.state, 'pending'))) === 0) break
    time = new Date(time.getTime() + 1001)
  }

  const [redrive] = await db.select().from(redrives).where(eq(redrives.id, started.id))
  expect(redrive).toMatchObject({ state: 'finished', released: DEAD_LETTERS, total: DEAD_LETTERS })
  expect(await db.$count(deadLetters, eq(deadLetters.state, 'redriven'))).toBe(DEAD_LETTERS)
  expect(await db.$count(sermons, eq(sermons.indexStatus, 'ready'))).toBe(SERMONS)
  expect(await db.$count(transcripts)).toBe(SERMONS)

  const [duplicates] = (
    await db.execute<{ passages: number; announced: number; steps: number; uneven: number }>(sql`
      select
        (select count(*) from (select 1 from passages group by sermon_id, position having count(*) > 1) twice)::int as passages,
        (select count(*) from (select 1 from audit_log where action = 'sermon.processed' group by subject having count(*) > 1) twice)::int as announced,
        (select count(*) from (select 1 from run_steps group by work_key, name having count(*) > 1) twice)::int as steps,
        (select count(distinct held) - 1 from (select count(*) as held from passages group by sermon_id) counts)::int as uneven
    `)
  ).rows
  expect(duplicates).toEqual({ passages: 0, announced: 0, steps: 0, uneven: 0 })
  expect(await db.$count(auditLog, eq(auditLog.action, 'sermon.processed'))).toBe(SERMONS)
  const [indexed] = (
    await db.execute<{ count: number }>(sql`select count(distinct sermon_id)::int as count from passages`)
  ).rows
  expect(indexed?.count).toBe(SERMONS)
  // Finished steps did not run again: they still have the id of the first run.
  const kept = await db
    .select({ runId: runSteps.runId })
    .from(runSteps)
    .where(and(inArray(runSteps.sermonId, finished), sql`${runSteps.workKey} like '%/index/%'`))
  expect(new Set(kept.map(({ runId }) => runId))).toEqual(new Set(['run_first']))
}, 240_000)
