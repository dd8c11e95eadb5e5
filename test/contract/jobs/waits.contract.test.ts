import { batch, configure, idempotencyKeys, queues, runs, schedules, tasks, wait } from '@trigger.dev/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startTestEngine, type TestEngine } from '#harness/start-test-engine.ts'

import { createNotes, type Notes } from './notes.ts'
import type * as waiting from './trigger/waiting-tasks.ts'
import { waitFor, waitForEnd } from './wait-for-end.ts'

const mostRoots = 4

let engine: TestEngine
let notes: Notes

beforeAll(async () => {
  notes = await createNotes()
  engine = await startTestEngine({
    environment: { SELAH_TRIGGER_CONCURRENCY: '4', SELAH_TRIGGER_MOST_ROOTS: String(mostRoots) },
  })
  configure({ baseURL: engine.apiUrl, accessToken: engine.secretKey })
})

afterAll(async () => {
  await engine?.stop()
  await notes?.remove()
})

describe('a wait', () => {
  it('for a batch with an idempotency key finds the same runs again after a crash', async () => {
    const file = notes.newFile()
    const run = await waitForEnd((await tasks.trigger('crash-after-batch', { file })).id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { names: ['first', 'second'] } })
    expect(await notes.read(file)).toHaveLength(2)
  })

  it('for a child returns its output or its error', async () => {
    const good = await waitForEnd((await tasks.trigger('parent', {})).id)
    expect(good.output).toMatchObject({ ok: true, name: 'only' })
    const bad = await waitForEnd((await tasks.trigger('parent', { fail: true })).id)
    expect(bad.output).toMatchObject({ ok: false, error: expect.stringContaining('only failed') })
  })

  it('for a batch keeps the order of its items', async () => {
    const run = await waitForEnd((await tasks.trigger('family', { count: 12 })).id)
    expect(run.output.names).toEqual(Array.from({ length: 12 }, (_, index) => `child ${index}`))
  })

  it('for a batch of several tasks returns which of them failed', async () => {
    const run = await waitForEnd((await tasks.trigger('mixed', {})).id)
    expect(run.output).toEqual({ outcomes: [true, false] })
  })

  it('releases its slots: a parent and its child share a queue with the limit 1', async () => {
    const parents = await Promise.all([
      tasks.trigger('limited-parent', {}),
      tasks.trigger('limited-parent', {}),
    ])
    for (const handle of parents) expect((await waitForEnd(handle.id)).output).toEqual({ ok: true })
  })

  it('for a time resumes the run after it, and does not count towards the maximum duration', async () => {
    // The start of a process counts towards the duration, so a warm one is needed.
    await waitForEnd((await tasks.trigger('greet', { name: 'Lea' })).id)
    const handle = await tasks.trigger<typeof waiting.sleeper>('sleeper', { seconds: 6 }, { maxDuration: 5 })
    await waitFor(
      () => runs.retrieve(handle.id),
      (run) => run.status === 'WAITING',
    )
    const run = await waitForEnd(handle.id)
    expect(run.output?.waitedMs).toBeGreaterThanOrEqual(5_900)
  })

  it('for a token resumes the run with its output', async () => {
    const handle = await tasks.trigger('asker', {})
    const run = await waitFor(
      () => runs.retrieve(handle.id),
      (run) => typeof run.metadata?.tokenId === 'string' && run.status === 'WAITING',
    )
    await wait.completeToken(String(run.metadata?.tokenId), { answer: 'yes' })
    expect((await waitForEnd(handle.id)).output).toEqual({ ok: true, answer: 'yes' })
  })

  it('uses no more processes than the limit, and other runs continue', async () => {
    const tokens: string[] = []
    const askers: string[] = []
    for (let index = 0; index < mostRoots + 3; index++) {
      const token = await wait.createToken({ timeout: '1h' })
      tokens.push(token.id)
      askers.push((await tasks.trigger('asker', { tokenId: token.id })).id)
    }
    const statuses = async () => Promise.all(askers.map(async (id) => (await runs.retrieve(id)).status))
    const waitingRuns = Array.from({ length: mostRoots }, () => 'WAITING')
    const queuedRuns = Array.from({ length: 3 }, () => 'QUEUED')
    await waitFor(
      statuses,
      (seen) => JSON.stringify(seen) === JSON.stringify([...waitingRuns, ...queuedRuns]),
    )
    // Other runs end in the meantime, and so do the children of waiting runs.
    expect((await waitForEnd((await tasks.trigger('greet', { name: 'Ida' })).id)).status).toBe('COMPLETED')
    expect((await waitForEnd((await tasks.trigger('parent', {})).id)).status).toBe('COMPLETED')
    expect(await statuses()).toEqual([...waitingRuns, ...queuedRuns])
    for (const token of tokens) await wait.completeToken(token, { answer: 'yes' })
    for (const id of askers) expect((await waitForEnd(id)).output).toEqual({ ok: true, answer: 'yes' })
  })

  it('for a token ends when a request is sent to its callback address', async () => {
    const token = await wait.createToken({ timeout: '1h' })
    expect((await wait.retrieveToken(token.id)).status).toBe('WAITING')
    expect((await fetch(`${token.url}x`, { method: 'POST', body: '{}' })).status).toBe(403)
    const handle = await tasks.trigger('asker', { tokenId: token.id })
    await fetch(token.url, { method: 'POST', body: JSON.stringify({ answer: 'by post' }) })
    expect((await waitForEnd(handle.id)).output).toEqual({ ok: true, answer: 'by post' })
    expect((await wait.retrieveToken(token.id)).status).toBe('COMPLETED')
  })

  it('for a token that times out resumes the run without an output', async () => {
    const run = await waitForEnd((await tasks.trigger('asker', { timeout: '1s' })).id)
    expect(run.output).toEqual({ ok: false })
  })

  it('for a completed token resumes the run immediately', async () => {
    const token = await wait.createToken({ timeout: '1h' })
    await wait.completeToken(token, { answer: 'early' })
    const run = await waitForEnd((await tasks.trigger('asker', { tokenId: token.id })).id)
    expect(run.output).toEqual({ ok: true, answer: 'early' })
  })
})

describe('a queue', () => {
  it('accepts the items of a large batch in order, and creates one run for items with the same idempotency key', async () => {
    const count = 120
    const key = await idempotencyKeys.create('the same', { scope: 'global' })
    const handle = await tasks.batchTrigger(
      'greet',
      Array.from({ length: count }, (_, index) => ({
        payload: { name: index < 2 ? 'twin' : `${index}` },
        options: { delay: '1h', ...(index < 2 ? { idempotencyKey: key } : {}) },
      })),
    )
    const { runs: ids } = await batch.retrieve(handle.batchId)
    expect(ids).toHaveLength(count)
    expect(ids[0]).toBe(ids[1])
    expect(new Set(ids).size).toBe(count - 1)
    const last = await runs.retrieve(ids[count - 1] ?? '')
    expect(last).toMatchObject({ status: 'DELAYED', payload: { name: `${count - 1}` } })
  })

  it('with the limit 1 executes one run at a time', async () => {
    const file = notes.newFile()
    const { runs: handles } = await tasks
      .batchTrigger('limited', [
        { payload: { file, name: 'a', ms: 150 } },
        { payload: { file, name: 'b', ms: 150 } },
        { payload: { file, name: 'c', ms: 150 } },
      ])
      .then(async (handle) => batch.retrieve(handle.batchId))
    for (const id of handles) await waitForEnd(id)
    const lines = await notes.read(file)
    const starts = lines.filter((_, index) => index % 2 === 0)
    const ends = lines.filter((_, index) => index % 2 === 1)
    expect(starts.map((line) => line.replace('start ', ''))).toEqual(
      ends.map((line) => line.replace('end ', '')),
    )
  })

  it('with the limit 1 executes one run for each concurrency key at a time', async () => {
    const file = notes.newFile()
    const handles = await Promise.all(
      ['one', 'two'].map((key) =>
        tasks.trigger('limited', { file, name: key, ms: 60_000 }, { concurrencyKey: key }),
      ),
    )
    const lines = await waitFor(
      () => notes.read(file),
      (noted) => noted.length >= 2,
    )
    expect(lines.toSorted()).toEqual(['start one', 'start two'])
    for (const handle of handles) await runs.cancel(handle.id)
    for (const handle of handles) await waitForEnd(handle.id)
  })

  it('serves every church in turn, however many runs another has queued before', async () => {
    const file = notes.newFile()
    await queues.pause({ type: 'task', name: 'shared' })
    const queued: string[] = []
    const trigger = async (church: string, count: number) => {
      for (let index = 0; index < count; index++) {
        const options = { concurrencyKey: church }
        queued.push((await tasks.trigger('shared', { file, name: `${church}${index}` }, options)).id)
      }
    }
    await trigger('flood', 12)
    await trigger('quiet', 2)
    await trigger('small', 2)
    await queues.resume({ type: 'task', name: 'shared' })
    for (const id of queued) await waitForEnd(id)
    const order = await notes.read(file)
    expect(order).toHaveLength(16)
    // One run of each church per round, in the church's order, then the rest of the last church.
    expect(order.slice(0, 3).sort()).toEqual(['flood0', 'quiet0', 'small0'])
    expect(order.slice(3, 6).sort()).toEqual(['flood1', 'quiet1', 'small1'])
    expect(order.slice(6)).toEqual(Array.from({ length: 10 }, (_, index) => `flood${index + 2}`))
  })

  it('starts runs with a higher priority first', async () => {
    const file = notes.newFile()
    await queues.pause({ type: 'custom', name: 'one-at-a-time' })
    const ordinary = await tasks.trigger('limited', { file, name: 'ordinary', ms: 10 })
    const urgent = await tasks.trigger('limited', { file, name: 'urgent', ms: 10 }, { priority: 3_600 })
    await queues.resume({ type: 'custom', name: 'one-at-a-time' })
    for (const handle of [ordinary, urgent]) await waitForEnd(handle.id)
    const starts = (await notes.read(file)).filter((line) => line.startsWith('start'))
    expect(starts).toEqual(['start urgent', 'start ordinary'])
  })

  it('uses the limit that an operator set until it is reset', async () => {
    const name = { type: 'custom', name: 'one-at-a-time' } as const
    expect(await queues.overrideConcurrencyLimit(name, 2)).toMatchObject({ concurrencyLimit: 2 })
    const file = notes.newFile()
    const handles = await Promise.all(
      ['one', 'two'].map((each) => tasks.trigger('limited', { file, name: each, ms: 60_000 })),
    )
    await notes.waitForNote(file, 'start one')
    await notes.waitForNote(file, 'start two')
    for (const handle of handles) await runs.cancel(handle.id)
    for (const handle of handles) await waitForEnd(handle.id)
    expect(await queues.resetConcurrencyLimit(name)).toMatchObject({ concurrencyLimit: 1 })
    const listed = await queues.list({ perPage: 100 })
    expect(listed.data.find((queue) => queue.name === name.name)).toMatchObject({ concurrencyLimit: 1 })
  })

  it('starts nothing while it is paused', async () => {
    await queues.pause({ type: 'custom', name: 'one-at-a-time' })
    const file = notes.newFile()
    const handle = await tasks.trigger('limited', { file, name: 'later', ms: 1 })
    const paused = await queues.retrieve({ type: 'custom', name: 'one-at-a-time' })
    expect(paused).toMatchObject({ paused: true, queued: 1, running: 0, concurrencyLimit: 1 })
    await queues.resume({ type: 'custom', name: 'one-at-a-time' })
    expect((await waitForEnd(handle.id)).status).toBe('COMPLETED')
  })
})

describe('a schedule', () => {
  it('can be created, changed, deactivated and deleted', async () => {
    const created = await schedules.create({
      task: 'ticking',
      cron: '0 5 * * *',
      timezone: 'Europe/London',
      deduplicationKey: 'daily',
      externalId: 'church_1',
    })
    expect(created).toMatchObject({ type: 'IMPERATIVE', task: 'ticking', active: true })
    const changed = await schedules.create({ task: 'ticking', cron: '0 6 * * *', deduplicationKey: 'daily' })
    expect(changed.id).toBe(created.id)
    expect(Number(changed.nextRun)).toBeGreaterThan(Date.now())
    const updated = await schedules.update(created.id, { task: 'ticking', cron: '30 7 * * *' })
    expect(updated.generator.expression).toBe('30 7 * * *')
    expect((await schedules.retrieve(created.id)).generator.expression).toBe('30 7 * * *')
    expect((await schedules.deactivate(created.id)).active).toBe(false)
    expect((await schedules.activate(created.id)).active).toBe(true)
    await schedules.del(created.id)
    const left = await schedules.list()
    expect(left.data.map((schedule) => schedule.id)).not.toContain(created.id)
  })

  it('that a task declares exists without a call, and ends only with its declaration', async () => {
    const declared = (await schedules.list()).data.find(({ task }) => task === 'yearly')
    expect(declared).toMatchObject({
      type: 'DECLARATIVE',
      active: true,
      generator: { expression: '0 3 1 1 *' },
      timezone: 'Europe/London',
    })
    await expect(schedules.del(declared?.id ?? '')).rejects.toThrow('declared by its task')
  })
})
