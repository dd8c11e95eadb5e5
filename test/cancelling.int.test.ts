import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findMediaProcesses } from '#harness/find-media-processes.ts'
import { startTestPlatform, type TestPlatform } from '#harness/start-test-platform.ts'
import { untilEncoding } from '#harness/until-encoding.ts'
import { untilSettled } from '#harness/upload-sermon.ts'
import { deadLetters, runAttempts, runSteps, runs } from '#lib/db/schema.ts'
import { retryRun } from '#lib/runs/retry-run.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { listObjects } from '#lib/storage/list-objects.ts'

/*
 * Stopping work in the middle, with the product's own tasks in the engine: the processes that encode are
 * gone at once, and nothing of theirs is left.
 */

/** `npm run bench -- cancel` measures it; a busy machine gets more, but far less than the encoding would take. */
const promptMs = 5_000

const actorId = '00000000-0000-4000-8000-000000000001'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform()
})

afterAll(async () => {
  await platform?.stop()
})

const mediaProcesses = () => findMediaProcesses(platform.engine.directory)

/** What lies in the temporary folders of the run workers, two levels deep. */
async function temporaryFiles(): Promise<string[]> {
  const files = await readdir(path.join(platform.engine.directory, 'temporary'), { recursive: true })
  return files.filter((file) => file.includes('selah'))
}

const findStep = async (sermonId: string, name: string) =>
  (
    await platform.services.db
      .select()
      .from(runSteps)
      .where(and(eq(runSteps.sermonId, sermonId), eq(runSteps.name, name)))
  )[0]

async function untilNoMediaProcess(): Promise<number> {
  const beganMs = performance.now()
  while ((await mediaProcesses()).length > 0) await delay(5)
  return performance.now() - beganMs
}

const statusOf = async (runId: string) =>
  (await platform.services.db.select().from(runs).where(eq(runs.id, runId)))[0]?.status

test('cancelling reaches the processes that encode at once and leaves nothing half done', async () => {
  const { services, churchId, jobs } = platform
  const { sermonId, runId } = await untilEncoding(platform)
  expect(await temporaryFiles()).not.toEqual([])
  const [goneAfterMs] = await Promise.all([untilNoMediaProcess(), jobs.cancel(runId)])
  expect(goneAfterMs).toBeLessThan(promptMs)
  await expect.poll(() => statusOf(runId), { timeout: 30_000 }).toBe('cancelled')
  // Its worker ended it and could still say so; one that is killed first leaves its step as it was.
  await expect.poll(async () => (await findStep(sermonId, 'encode'))?.status).toBe('failed')
  await expect.poll(temporaryFiles, { timeout: 30_000 }).toEqual([])
  expect(await listObjects(services, { bucket: 'media', folder: `${churchId}/${sermonId}` })).toEqual([])
  await expect
    .poll(async () => (await findChurchSermon(services, { id: sermonId, churchId })).facets.media, {
      timeout: 30_000,
    })
    .toMatchObject({ status: 'failed', error: { reason: 'media.cancelled' } })
  // The parent hears of it and comes to an end too; what a person stopped is nobody's dead letter.
  await untilSettled(services, { sermonId, churchId })
  expect(await services.db.select().from(deadLetters).where(eq(deadLetters.sermonId, sermonId))).toEqual([])

  // It can be taken up again, and goes on from the steps that were done.
  const measured = async () => (await findStep(sermonId, 'measure'))?.finishedAt
  const before = await measured()
  await retryRun({ db: services.db, jobs }, { runId, churchId, actorId })
  const sermon = await untilSettled(services, { sermonId, churchId, limitMs: 240_000 })
  expect(sermon.facets.media.status).toBe('ready')
  expect(await measured()).toEqual(before)
}, 300_000)

test('cancelling the whole request stops the part under way, and nothing is started after it', async () => {
  const { services, churchId, jobs } = platform
  const { sermonId, runId } = await untilEncoding(platform)
  const [child] = await services.db.select().from(runs).where(eq(runs.id, runId))
  const parentId = child?.parentRunId ?? ''
  const [goneAfterMs] = await Promise.all([untilNoMediaProcess(), jobs.cancel(parentId)])
  expect(goneAfterMs).toBeLessThan(promptMs)
  await expect.poll(() => statusOf(parentId), { timeout: 30_000 }).toBe('cancelled')
  await expect.poll(() => statusOf(runId), { timeout: 30_000 }).toBe('cancelled')
  const { facets } = await findChurchSermon(services, { id: sermonId, churchId })
  expect(facets.media.status).toBe('failed')
  const children = await services.db.select().from(runs).where(eq(runs.parentRunId, parentId))
  expect(children.map(({ taskId }) => taskId).sort()).toEqual(['prepare-media', 'read-transcript'])
}, 300_000)

test('a worker killed outright takes its processes and files with it', async () => {
  const { services, churchId, jobs } = platform
  const { sermonId, runId } = await untilEncoding(platform)
  const { rows } = await services.db.execute<{ pid: number }>(
    sql`select pid from engine.attempts where run_id = ${runId} and ended_at is null`,
  )
  const lastStartMs = async () => {
    const started = await services.db.select().from(runAttempts).where(eq(runAttempts.runId, runId))
    return Math.max(...started.map(({ startedAt }) => startedAt.getTime()))
  }
  const killedStartMs = await lastStartMs()
  const [first] = await temporaryFiles()
  const folder = first?.split('/')[0] ?? ''
  expect(folder).toMatch(/^worker-/)
  process.kill(rows[0]?.pid ?? 0, 'SIGKILL')
  await expect
    .poll(async () => (await temporaryFiles()).filter((file) => file.startsWith(folder)), { timeout: 20_000 })
    .toEqual([])
  // The engine starts the run again in another worker; that is cancelled too. The number of the attempt may stay
  // the same: a crash after a finished step does not use one up.
  await expect.poll(lastStartMs, { timeout: 30_000 }).toBeGreaterThan(killedStartMs)
  await jobs.cancel(runId)
  await untilSettled(services, { sermonId, churchId })
  await untilNoMediaProcess()
  await expect.poll(temporaryFiles, { timeout: 30_000 }).toEqual([])
}, 300_000)
