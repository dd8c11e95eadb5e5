import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findMediaProcesses } from '#harness/find-media-processes.ts'
import { startTestPlatform, type TestPlatform } from '#harness/start-test-platform.ts'
import { waitForProcessing } from '#harness/upload-sermon.ts'
import { readStep, uploadLongSermon, waitForEncoding, waitForStep } from '#harness/wait-for-encoding.ts'
import { deadLetters, runs } from '#lib/db/schema.ts'
import { readRun } from '#lib/runs/read-run.ts'
import { retryRun } from '#lib/runs/retry-run.ts'
import { findChurchSermon } from '#lib/sermons/find-sermon.ts'
import { listObjects } from '#lib/storage/list-objects.ts'

/*
 * Cancelled and killed work, with the product's own tasks in the engine: the processes that
 * encode are ended and leave no files. `npm run bench -- cancel` measures how long that takes.
 */

const actorId = '00000000-0000-4000-8000-000000000001'

let platform: TestPlatform

beforeAll(async () => {
  platform = await startTestPlatform()
})

afterAll(async () => {
  await platform?.stop()
})

const mediaProcesses = () => findMediaProcesses(platform.engine.directory)

/** Lists the files in the temporary folders of the run workers, two levels deep. */
async function temporaryFiles(): Promise<string[]> {
  const files = await readdir(path.join(platform.engine.directory, 'temporary'), { recursive: true })
  return files.filter((file) => file.includes('selah'))
}

async function waitForMediaProcesses(): Promise<void> {
  while ((await mediaProcesses()).length > 0) await delay(5)
}

const statusOf = async (runId: string) =>
  (await platform.services.db.select().from(runs).where(eq(runs.id, runId)))[0]?.status

test('cancelling ends the encoding processes promptly and leaves no partly stored file', async () => {
  const { services, churchId, jobs } = platform
  const { sermonId, runId } = await waitForEncoding(platform)
  expect(await temporaryFiles()).not.toEqual([])
  await Promise.all([waitForMediaProcesses(), jobs.cancel(runId)])
  await expect.poll(() => statusOf(runId)).toBe('cancelled')
  // The processes were ended before they were done, and the worker could still store that.
  await expect
    .poll(async () => (await readStep(platform, { sermonId, name: 'encode' }))?.status)
    .toBe('failed')
  await expect.poll(temporaryFiles).toEqual([])
  expect(await listObjects(services, { bucket: 'media', folder: `${churchId}/${sermonId}` })).toEqual([])
  await expect
    .poll(async () => (await findChurchSermon(services, { id: sermonId, churchId })).facets.media)
    .toMatchObject({ status: 'failed', error: { reason: 'media.cancelled' } })
  // The parent is notified and ends too. Cancelled work creates no dead letter.
  await waitForProcessing(services, { sermonId, churchId })
  expect(await services.db.select().from(deadLetters).where(eq(deadLetters.sermonId, sermonId))).toEqual([])

  // It can be retried, and resumes after the completed steps.
  const measured = async () => (await readStep(platform, { sermonId, name: 'measure' }))?.finishedAt
  const before = await measured()
  await retryRun({ db: services.db, jobs }, { runId, churchId, actorId })
  const sermon = await waitForProcessing(services, { sermonId, churchId, limitMs: 240_000 })
  expect(sermon.facets.media.status).toBe('ready')
  expect(await measured()).toEqual(before)
}, 300_000)

test('cancelling a request stops its running child and starts no other', async () => {
  const { services, churchId, jobs } = platform
  const { sermonId, runId } = await waitForEncoding(platform)
  const [child] = await services.db.select().from(runs).where(eq(runs.id, runId))
  const parentId = child?.parentRunId ?? ''
  await Promise.all([waitForMediaProcesses(), jobs.cancel(parentId)])
  await expect.poll(() => statusOf(parentId)).toBe('cancelled')
  await expect.poll(() => statusOf(runId)).toBe('cancelled')
  const { facets } = await findChurchSermon(services, { id: sermonId, churchId })
  expect(facets.media.status).toBe('failed')
  const children = await services.db.select().from(runs).where(eq(runs.parentRunId, parentId))
  expect(children.map(({ taskId }) => taskId).sort()).toEqual(['prepare-media', 'read-transcript'])
}, 300_000)

test('the processes and files of a killed worker are removed, and each of its attempts is recorded', async () => {
  const { services, churchId, jobs } = platform
  const { db } = services
  const killWorker = async (runId: string) => {
    const { rows } = await db.execute<{ pid: number }>(
      sql`select pid from engine.attempts where run_id = ${runId} and ended_at is null`,
    )
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL')
  }
  const attemptsOf = async (runId: string) =>
    (await readRun({ db }, { runId, churchId })).attempts.filter((attempt) => attempt.runId === runId)
  const sermonId = await uploadLongSermon(platform)
  // The first kill follows `probe`, the second follows `measure` and `level`, so neither counts as an attempt.
  const { runId } = await waitForStep(platform, { sermonId, name: 'measure' })
  await killWorker(runId)
  await expect.poll(() => attemptsOf(runId)).toHaveLength(2)
  await waitForEncoding(platform, { sermonId })
  const [first] = await temporaryFiles()
  const folder = first?.split('/')[0] ?? ''
  expect(folder).toMatch(/^worker-/)
  await killWorker(runId)
  await expect
    .poll(async () => (await temporaryFiles()).filter((file) => file.startsWith(folder)))
    .toEqual([])
  // The engine starts the run again in another worker, with the same number.
  const lost = { status: 'crashed', error: { name: 'AttemptLost' }, finishedAt: expect.any(String) }
  await expect.poll(() => attemptsOf(runId)).toHaveLength(3)
  expect(await attemptsOf(runId)).toMatchObject([
    { attempt: 1, ...lost },
    { attempt: 2, ...lost },
    { attempt: 3, status: 'running', error: null },
  ])
  const { rows } = await db.execute(sql`select attempt_count from engine.runs where id = ${runId}`)
  expect(rows).toEqual([{ attempt_count: 1 }])
  await jobs.cancel(runId)
  await waitForProcessing(services, { sermonId, churchId })
  await waitForMediaProcesses()
  await expect.poll(temporaryFiles).toEqual([])
}, 300_000)
