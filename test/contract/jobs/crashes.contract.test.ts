import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { configure, runs, tasks } from '@trigger.dev/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allMigrations, endProcess, startDatabase } from '#harness/start-test-database.ts'
import { startTestEngine, type TestEngine } from '#harness/start-test-engine.ts'
import { applyMigrations } from '#lib/db/apply-migrations.ts'

import type * as waiting from './trigger/waiting-tasks.ts'
import { waitFor, waitForEnd } from './wait-for-end.ts'

/*
 * What must be true when a process is killed at the worst moment: no run is lost, and no finished work is
 * repeated.
 */

const password = randomBytes(12).toString('hex')
let folder: string
let databaseFolder: string
let port: number
let database: ChildProcess
let engine: TestEngine

async function openDatabase(requestedPort: number) {
  const started = await startDatabase(databaseFolder, {
    SELAH_DATABASE_PORT: String(requestedPort),
    SELAH_DATABASE_PASSWORD: password,
  })
  database = started.child
  return started
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'selah-crashes-'))
  databaseFolder = join(folder, 'database')
  const started = await openDatabase(0)
  port = started.port
  for (const { directory, table } of allMigrations) {
    await applyMigrations({ connectionString: started.connectionString, directory, table })
  }
  engine = await startTestEngine({ connectionString: started.connectionString })
  configure({ baseURL: engine.apiUrl, accessToken: engine.secretKey })
})

afterAll(async () => {
  await engine?.stop()
  if (database) await endProcess(database, 'SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

async function readNotes(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).trim().split('\n')
  } catch {
    return []
  }
}

describe('the engine, killed', () => {
  it('resumes an executing run in the same attempt with the same children', async () => {
    const file = join(folder, 'resumed')
    const handle = await tasks.trigger<typeof waiting.resumable>('resumable', { file, holdMs: 1_500 })
    await waitFor(
      () => readNotes(file),
      (lines) => lines.includes('gate'),
    )
    await engine.kill()
    await engine.restart()
    const run = await waitForEnd(handle.id)
    expect(run).toMatchObject({ status: 'COMPLETED', attemptCount: 1 })
    const children = (await readNotes(file)).filter((line) => line !== 'gate')
    // Each child was executed once, although the parent triggered the first one twice.
    expect(children.map((line) => line.split(' ')[0])).toEqual(['first', 'second'])
    expect(children.map((line) => line.split(' ')[1])).toEqual(run.output?.ids)
  })

  it('loses or repeats no queued, delayed or batched run', async () => {
    const file = join(folder, 'queued')
    const handles = await Promise.all([
      ...Array.from({ length: 15 }, (_, index) =>
        tasks.trigger('child', { name: `queued${index}`, file }, { idempotencyKey: `queued ${index}` }),
      ),
      tasks.trigger('child', { name: 'delayed', file }, { delay: '3s' }),
      tasks.trigger('family', { count: 4 }),
    ])
    await engine.kill()
    await engine.restart()
    for (const handle of handles) expect((await waitForEnd(handle.id)).status).toBe('COMPLETED')
    const again = await Promise.all(
      Array.from({ length: 15 }, (_, index) =>
        tasks.trigger('child', { name: `queued${index}`, file }, { idempotencyKey: `queued ${index}` }),
      ),
    )
    expect(again.map((handle) => handle.id)).toEqual(handles.slice(0, 15).map((handle) => handle.id))
  })

  it('cancels a run whose cancellation it was processing', async () => {
    const file = join(folder, 'cancelled')
    const handle = await tasks.trigger('patient', { file })
    await waitFor(
      () => readNotes(file),
      (lines) => lines.includes('started'),
    )
    await Promise.all([runs.cancel(handle.id).catch(() => undefined), delay(30).then(() => engine.kill())])
    await engine.restart()
    await runs.cancel(handle.id)
    const run = await waitForEnd(handle.id)
    expect(run.status).toBe('CANCELED')
    expect(await readNotes(file)).not.toContain('finished')
  })

  it('leaves no worker running', async () => {
    const file = join(folder, 'orphan')
    const handle = await tasks.trigger('patient', { file, ms: 15_000 })
    await waitFor(
      () => readNotes(file),
      (lines) => lines.includes('started'),
    )
    await engine.kill()
    await engine.restart()
    expect((await waitForEnd(handle.id)).status).toBe('COMPLETED')
    const lines = await readNotes(file)
    expect(lines.filter((line) => line === 'started')).toHaveLength(2)
    expect(lines.filter((line) => line === 'finished')).toHaveLength(1)
  })
})

describe('a worker, killed', () => {
  it('five times, each time after another finished step, does not end the run', async () => {
    const file = join(folder, 'progressing')
    const run = await waitForEnd((await tasks.trigger('killed', { file, attempts: 6, reports: true })).id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { attempts: 6 }, attemptCount: 1 })
    expect(await readNotes(file)).toEqual(['1', '1', '1', '1', '1', '1'])
  })

  it('five times, each time after another child has ended, does not end the run', async () => {
    const file = join(folder, 'progressing-parent')
    const run = await waitForEnd((await tasks.trigger('killed-parent', { file, children: 6 })).id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { attempts: 6 } })
  })

  it('three times without a finished step ends the run', async () => {
    const file = join(folder, 'poison')
    const run = await waitForEnd((await tasks.trigger('killed', { file, attempts: 6, reports: false })).id)
    expect(run).toMatchObject({ status: 'CRASHED', attemptCount: 3 })
    expect(await readNotes(file)).toEqual(['1', '2', '3'])
  })
})

describe('the engine, stopped', () => {
  it('queues an executing run again without waiting, and resumes it in the same attempt', async () => {
    const file = join(folder, 'ended')
    const handle = await tasks.trigger('patient', { file, ms: 15_000 })
    await waitFor(
      () => readNotes(file),
      (lines) => lines.includes('started'),
    )
    await engine.end()
    expect(await readNotes(file)).toEqual(['started'])
    await engine.restart()
    expect(await waitForEnd(handle.id)).toMatchObject({ status: 'COMPLETED', attemptCount: 1 })
  })
})

describe('the database, killed', () => {
  it('does not prevent executing and waiting runs from finishing, each child once', async () => {
    const file = join(folder, 'database-notes')
    const parent = await tasks.trigger<typeof waiting.resumable>('resumable', { file, holdMs: 2_000 })
    const queued = await Promise.all(
      Array.from({ length: 8 }, (_, index) => tasks.trigger('child', { name: `queued${index}`, file })),
    )
    await waitFor(
      () => readNotes(file),
      (lines) => lines.includes('gate'),
    )
    await endProcess(database, 'SIGKILL')
    const triggered = tasks.trigger('greet', { name: 'during the outage' })
    await delay(1_000)
    await openDatabase(port)
    const run = await waitForEnd(parent.id)
    expect(run.status).toBe('COMPLETED')
    for (const handle of [...queued, await triggered]) {
      expect((await waitForEnd(handle.id)).status).toBe('COMPLETED')
    }
    const done = (await readNotes(file)).filter((text) => text !== 'gate').map((text) => text.split(' ')[0])
    expect(done.toSorted()).toEqual(
      ['first', 'second', ...queued.map((_, index) => `queued${index}`)].toSorted(),
    )
  })
})
