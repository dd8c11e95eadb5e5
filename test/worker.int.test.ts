import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { prepareDataFolder } from '#harness/prepare-data-folder.ts'
import { type RunningSelah, startSelah, stopWebProcess } from '#harness/start-selah.ts'
import { createServices, type Services } from '#lib/create-services.ts'
import { backgroundLeases, events, runs, sermons } from '#lib/db/schema.ts'
import { envSchema } from '#lib/env.ts'
import { createTextSermon } from '#lib/sermons/create-text-sermon.ts'
import { schedulePublication } from '#lib/sermons/publish-sermon.ts'
import { createChurch } from '#test/job-fixtures.ts'
import { buildWeb } from '../scripts/build/build-web.ts'

/*
 * Selah with a web process that has no background jobs, and `npm run worker` as separate processes, as on hosts
 * that stop idle web processes. It starts without an owner, so its pages before the set-up are tested here too.
 */

const root = path.resolve(import.meta.dirname, '..')
/** The slowest job that is awaited here, `queue re-indexing`, runs every 15 seconds. */
const patience = { timeout: 60_000 }

let folder: string
let selah: RunningSelah
let services: Services
let churchId: string
let environment: Record<string, string>
const workers: ChildProcess[] = []

beforeAll(async () => {
  await buildWeb(root)
  folder = await mkdtemp(path.join(tmpdir(), 'selah-worker-'))
  const dataDir = path.join(folder, 'data')
  selah = await startSelah({
    dataDir,
    env: { ...(await prepareDataFolder(dataDir)), SELAH_BACKGROUND: '0', SELAH_SAMPLES: '0' },
  })
  const runtime = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(await readFile(path.join(dataDir, 'runtime.json'), 'utf8')))
  const text = (name: string) => z.string().parse(runtime[name])
  environment = {
    SITE_URL: text('siteUrl'),
    DATABASE_URL: text('databaseUrl'),
    SUPABASE_URL: text('supabaseUrl'),
    SUPABASE_PUBLISHABLE_KEY: text('publishableKey'),
    SUPABASE_SECRET_KEY: text('secretKey'),
    TRIGGER_API_URL: text('triggerUrl'),
    TRIGGER_SECRET_KEY: text('triggerSecretKey'),
  }
  services = createServices(envSchema.parse({ NODE_ENV: 'production', ...environment }))
  churchId = await createChurch(services.db)
}, 300_000)

afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await services?.close()
  await selah?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Starts `scripts/worker.ts` and waits until its jobs are running. */
async function startWorker(): Promise<{ child: ChildProcess; output(): string }> {
  const child = spawn(process.execPath, [path.join(root, 'scripts/worker.ts')], {
    cwd: root,
    env: { NODE_ENV: 'production', PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  workers.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  await expect.poll(() => output, patience).toContain('Background jobs are running')
  return { child, output: () => output }
}

const addSermon = async (title: string) =>
  (
    await createTextSermon(services, {
      churchId,
      createdBy: null,
      title,
      text: 'In the beginning was the Word, and the Word was with God.',
      publish: false,
    })
  ).sermonId

const eventsOf = (sermonId: string) =>
  services.db.select().from(events).where(eq(events.sermonId, sermonId)).orderBy(events.sequence)

const sermonOf = async (sermonId: string) =>
  (await services.db.select().from(sermons).where(eq(sermons.id, sermonId)))[0]

const readLeases = () => services.db.select().from(backgroundLeases)

test('before the set-up, pages explain how to continue, and only the printed link opens the form', async () => {
  const read = async (address: string) => (await fetch(new URL(address, selah.url))).text()
  for (const page of ['/', '/sign-in', '/set-up']) {
    const text = await read(page)
    expect(text, page).toContain('This Selah is not set up yet')
    expect(text, page).toContain('Open the one-time set-up link that Selah printed')
  }
  expect(await read('/dashboard')).toContain('This Selah is not set up yet')
  const link = /http\S+\/set-up\?token=\S+/.exec(selah.output())?.[0] ?? ''
  expect(await read(link)).toContain('Create the account')
  expect(await read(`${link}x`)).not.toContain('Create the account')
})

test('without background jobs in the web process, two workers do its work once and end cleanly', async () => {
  const { db } = services
  const sermonId = await addSermon('The beginning')
  const isHealthy = (await fetch(`${selah.url}/api/health`)).ok
  expect({ isHealthy, events: await eventsOf(sermonId) }).toMatchObject({
    isHealthy: true,
    events: [{ type: 'sermon.reindex' }],
  })

  const started = await Promise.all([startWorker(), startWorker()])
  await expect.poll(async () => (await sermonOf(sermonId))?.indexStatus, patience).toBe('ready')
  const publishAt = new Date(Date.now() + 2_000)
  await schedulePublication({ db, now: () => new Date() }, { sermonId, churchId, publishAt })
  await expect.poll(async () => (await sermonOf(sermonId))?.publication, patience).toBe('published')
  expect((await sermonOf(sermonId))?.publishedAt?.getTime()).toBeGreaterThanOrEqual(publishAt.getTime())
  const [added, published, ...others] = await eventsOf(sermonId)
  expect(others).toEqual([])
  expect(added).toMatchObject({ state: 'forwarded' })
  expect(published).toMatchObject({ type: 'sermon.publish-due', state: 'forwarded' })
  const requested = await db.select().from(runs).where(eq(runs.sermonId, sermonId))
  const roots = requested.filter(({ parentRunId }) => parentRunId === null)
  expect(roots.map(({ taskId }) => taskId).sort()).toEqual(['index-passages', 'publish-sermon'])

  // The other jobs with a lease may or may not have had their first pass by now.
  const leased = async () => (await readLeases()).map(({ name }) => name)
  await expect.poll(leased, patience).toContainEqual(expect.stringContaining('re-indexing'))
  const ends = started.map(({ child }) => once(child, 'exit'))
  for (const { child } of started) child.kill('SIGTERM')
  expect(await Promise.all(ends)).toEqual([
    [0, null],
    [0, null],
  ])
  // The job engine's own pass may have some for a moment.
  await expect.poll(readLeases, patience).toEqual([])
  for (const { output } of started) expect(output()).not.toMatch(/warn|error|failed/i)
}, 300_000)

test('with neither a web process nor a worker, the job engine forwards an event', async () => {
  const { db } = services
  const web = await stopWebProcess(path.join(folder, 'data'))
  try {
    await expect(fetch(`${selah.url}/api/health`, { signal: AbortSignal.timeout(2_000) })).rejects.toThrow()
    const sermonId = await addSermon('The light')
    const stateOf = async () => (await eventsOf(sermonId))[0]?.state
    // The job engine passes once a minute.
    await expect.poll(stateOf, { timeout: 240_000 }).toBe('forwarded')
    const [event] = await eventsOf(sermonId)
    await expect.poll(async () => (await sermonOf(sermonId))?.indexStatus, patience).toBe('ready')
    const [run] = await db
      .select()
      .from(runs)
      .where(eq(runs.id, event?.runId ?? ''))
    expect(run).toMatchObject({ taskId: 'index-passages', parentRunId: null, rootRunId: run?.id })

    const publishAt = new Date(Date.now() + 1_000)
    await schedulePublication({ db, now: () => new Date() }, { sermonId, churchId, publishAt })
    await expect
      .poll(async () => (await sermonOf(sermonId))?.publication, { timeout: 100_000 })
      .toBe('published')
    const recorded = await db.select().from(runs).where(eq(runs.taskId, 'background-work'))
    expect(recorded).toEqual([])
  } finally {
    process.kill(web.pid, 'SIGCONT')
  }
}, 400_000)
