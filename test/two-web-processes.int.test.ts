import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { and, eq, gt, inArray } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { buildTestTasks } from '#harness/build-test-tasks.ts'
import { portOf } from '#harness/ports.ts'
import { type PlainPostgres, plainServers } from '#harness/start-plain-postgres.ts'
import { type RunningSelah, startSelah, stopWebProcess } from '#harness/start-selah.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { backgroundLeases, events, passages, runSteps, sermons } from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { createChurch, createRunDeadLetters } from '#test/job-fixtures.ts'
import { buildWeb } from '../scripts/build/build-web.ts'

/*
 * Two machines on one database: the first runs everything, the second the web alone with its own background jobs. The
 * database is a Postgres that is installed on this machine, if there is one; otherwise it is the embedded one. Selah
 * is an ordinary role on it.
 */

const server = plainServers.at(-1)
/** The slowest job that is awaited here runs every 30 seconds, and a lease expires after another 30. */
const patience = { timeout: 120_000 }
const credentials = { email: 'owner@selah.test', password: 'a long enough password' }

let folder: string
let postgres: PlainPostgres
let webhook: Server
let first: RunningSelah
let second: RunningSelah
let services: Services
const alerts: unknown[] = []

beforeAll(async () => {
  await buildWeb(path.resolve(import.meta.dirname, '..'))
  if (!server) throw new Error('There is no database server')
  postgres = await server.start()
  folder = await mkdtemp(path.join(tmpdir(), 'selah-two-webs-'))
  webhook = createServer(async (request, response) => {
    alerts.push(await json(request))
    response.end()
  }).listen(0, '127.0.0.1')
  await once(webhook, 'listening')

  const shared = {
    SELAH_TRIGGER_BUILT_DIR: (await buildTestTasks()).builtDir,
    DATABASE_URL: postgres.connectionString,
    SELAH_TRUST_PROXY: '1',
    SELAH_SAMPLES: '0',
    SELAH_ALERT_WEBHOOK_URL: `http://127.0.0.1:${portOf(webhook)}`,
    SELAH_OWNER_EMAIL: credentials.email,
    SELAH_OWNER_PASSWORD: credentials.password,
  }
  first = await startSelah({ dataDir: path.join(folder, 'first'), env: shared })
  const runtime = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(await readFile(path.join(folder, 'first/runtime.json'), 'utf8')))
  const text = (name: string) => z.string().parse(runtime[name])
  const platform = {
    SUPABASE_URL: text('supabaseUrl'),
    SUPABASE_PUBLISHABLE_KEY: text('publishableKey'),
    SUPABASE_SECRET_KEY: text('secretKey'),
    TRIGGER_API_URL: text('triggerUrl'),
    TRIGGER_SECRET_KEY: text('triggerSecretKey'),
  }
  second = await startSelah({
    dataDir: path.join(folder, 'second'),
    env: { ...shared, ...platform, SELAH_RUN: 'web' },
  })
  services = createServices(
    envSchema.parse({ NODE_ENV: 'production', SITE_URL: first.url, ...shared, ...platform }),
  )
}, 400_000)

afterAll(async () => {
  await services?.close()
  await second?.stop()
  await first?.stop()
  webhook?.close()
  await postgres?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

describe(`two web processes and one job engine on ${server?.name}`, () => {
  test('an account and its session are the same on both, and both serve pages', async () => {
    const signIn = (url: string) =>
      fetch(`${url}/api/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(credentials),
      })
    const { token } = z.object({ token: z.string() }).parse(await (await signIn(second.url)).json())
    for (const { url } of [first, second]) {
      const headers = { authorization: `Bearer ${token}` }
      expect((await fetch(`${url}/api/v1/sermons`, { headers })).status, url).toBe(200)
      expect((await fetch(url)).status, url).toBe(200)
      expect((await fetch(`${url}/api/health`)).status, url).toBe(200)
    }
  })

  test('a second engine is refused with one message', async () => {
    const third = startSelah({
      dataDir: path.join(folder, 'third'),
      env: { DATABASE_URL: postgres.connectionString, SELAH_SAMPLES: '0' },
    })
    const output = await third.then(
      () => 'It started.',
      (error: Error) => error.message,
    )
    expect(output.match(/Another job engine/g)).toHaveLength(1)
  })

  test('a client that changes between them has one allowance', async () => {
    const statuses: number[] = []
    for (let attempt = 0; attempt < 14; attempt += 1) {
      const { url } = attempt % 2 === 0 ? first : second
      const response = await fetch(`${url}/api/v1/sermons/${randomUUID()}/suggestions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.9' },
        body: JSON.stringify({ firstWord: 0, lastWord: 0, before: 'love', after: 'live' }),
      })
      statuses.push(response.status)
    }
    // Ten are counted and find no such sermon; the next is allowed after a minute.
    expect(statuses).toEqual([...Array(10).fill(404), ...Array(4).fill(429)])
  })

  test('each outdated sermon is indexed again once, and each problem is reported once, also after a web process dies', async () => {
    const { db } = services
    const churchId = await createChurch(db)
    const sermonIds: string[] = []
    for (const title of ['The beginning', 'The light', 'The way']) {
      const text = 'In the beginning was the Word, and the Word was with God.'
      const created = await createTextSermon(services, {
        churchId,
        createdBy: null,
        title,
        text,
        publish: false,
      })
      sermonIds.push(created.sermonId)
    }
    const indexed = async () =>
      (await db.select().from(sermons).where(inArray(sermons.id, sermonIds))).every(
        ({ indexStatus }) => indexStatus === 'ready',
      )
    await expect.poll(indexed, patience).toBe(true)

    await makeOutdated(sermonIds)
    await report(churchId, sermonIds.slice(0, 1), 'first problem')
    await expect.poll(() => outdated(sermonIds), patience).toBe(0)
    await expect.poll(() => alerts.length, patience).toBeGreaterThan(0)
    expect(await reindexedTimes(sermonIds)).toEqual([1, 1, 1])

    // The process that has the leases stops without releasing them.
    const stopped = await stopWebProcess(path.join(folder, 'first'))
    try {
      await db.update(backgroundLeases).set({ expiresAt: new Date(0) })
      await makeOutdated(sermonIds)
      await report(churchId, sermonIds.slice(1, 2), 'second problem')
      await expect.poll(() => outdated(sermonIds), patience).toBe(0)
      expect(await reindexedTimes(sermonIds)).toEqual([1, 1, 1])
      await expect.poll(() => alerts.length, patience).toBe(2)
      const keys = alerts.map((alert) => z.object({ key: z.string() }).parse(alert).key)
      expect(new Set(keys).size).toBe(2)
    } finally {
      process.kill(stopped.pid, 'SIGCONT')
    }
  }, 600_000)
})

/** Lets the sermons look as if another model had indexed them, a long time after their last request. */
async function makeOutdated(sermonIds: string[]): Promise<void> {
  const { db } = services
  await db
    .update(events)
    .set({ createdAt: new Date(0) })
    .where(inArray(events.sermonId, sermonIds))
  // The results of steps are those of this model, which has not done the work yet.
  await db.delete(runSteps).where(inArray(runSteps.sermonId, sermonIds))
  await db.update(passages).set({ analyser: 'another' }).where(inArray(passages.sermonId, sermonIds))
}

async function outdated(sermonIds: string[]): Promise<number> {
  const rows = await services.db
    .select({ id: passages.id })
    .from(passages)
    .where(and(eq(passages.analyser, 'another'), inArray(passages.sermonId, sermonIds)))
  return rows.length
}

/** How often each of the sermons was queued since `makeOutdated`. */
async function reindexedTimes(sermonIds: string[]): Promise<number[]> {
  const requested = await services.db
    .select({ sermonId: events.sermonId })
    .from(events)
    .where(
      and(
        eq(events.type, 'sermon.reindex'),
        inArray(events.sermonId, sermonIds),
        gt(events.createdAt, new Date(0)),
      ),
    )
  return sermonIds.map((id) => requested.filter(({ sermonId }) => sermonId === id).length)
}

/** Records work that has failed permanently with a cause that was not reported before. */
async function report(churchId: string, sermonIds: string[], fingerprint: string): Promise<void> {
  const createdAt = new Date()
  await createRunDeadLetters(services.db, {
    churchId,
    sermonIds,
    // That of a failed index would be resolved when the sermon is indexed again, maybe before it is reported.
    type: 'remove-objects',
    fingerprint,
    createdAt,
  })
}
