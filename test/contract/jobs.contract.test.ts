import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { batch, configure, idempotencyKeys, queues, runs, schedules, tasks, wait } from '@trigger.dev/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startTestEngine, type TestEngine } from '#test/start-test-engine.ts'

import type * as simple from './jobs/trigger/simple-tasks.ts'
import type * as waiting from './jobs/trigger/waiting-tasks.ts'
import { until, untilEnded } from './jobs/until-ended.ts'

const mostRoots = 4
let engine: TestEngine
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'selah-jobs-'))
  engine = await startTestEngine({
    environment: { SELAH_TRIGGER_CONCURRENCY: '4', SELAH_TRIGGER_MOST_ROOTS: String(mostRoots) },
  })
  configure({ baseURL: engine.apiUrl, accessToken: engine.secretKey })
})

afterAll(async () => {
  await engine?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A file of its own for what a task notes down. */
function noteFile(): string {
  return join(folder, randomBytes(6).toString('hex'))
}

async function readNotes(file: string): Promise<string[]> {
  try {
    return (await readFile(file, 'utf8')).trim().split('\n')
  } catch {
    return []
  }
}

function untilNoted(file: string, line: string) {
  return until(
    () => readNotes(file),
    (lines) => lines.includes(line),
  )
}

describe('a run', () => {
  it('gives back what its task returned', async () => {
    const handle = await tasks.trigger<typeof simple.greet>(
      'greet',
      { name: 'Ann' },
      { tags: ['sermon_1'], metadata: { from: 'test' } },
    )
    const run = await untilEnded(handle.id)
    expect(run).toMatchObject({
      status: 'COMPLETED',
      isSuccess: true,
      output: { greeting: 'Hello Ann', attempt: 1 },
      payload: { name: 'Ann' },
      tags: ['sermon_1'],
      metadata: { from: 'test' },
      attemptCount: 1,
    })
  })

  it('is tried again with growing pauses until it succeeds', async () => {
    const file = noteFile()
    const handle = await tasks.trigger<typeof simple.failTwice>('fail-twice', { file })
    const run = await untilEnded(handle.id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { attempt: 3 }, attemptCount: 3 })
    const [first = 0, second = 0, third = 0] = (await readNotes(file)).map(Number)
    expect(second - first).toBeGreaterThanOrEqual(200)
    expect(third - second).toBeGreaterThanOrEqual(400)
  })

  it('is not tried again when its task gives up', async () => {
    const file = noteFile()
    const run = await untilEnded((await tasks.trigger('abort', { file })).id)
    expect(run).toMatchObject({ status: 'FAILED', attemptCount: 1 })
    expect(run.error?.message).toContain('no point')
    expect(await readNotes(file)).toEqual(['tried'])
  })

  it('is refused once when its payload does not fit the schema', async () => {
    const run = await untilEnded((await tasks.trigger('strict', { count: 'many' })).id)
    expect(run).toMatchObject({ status: 'FAILED', attemptCount: 1 })
  })

  it('is ended when it takes longer than it may', async () => {
    const run = await untilEnded((await tasks.trigger('too-slow', {})).id)
    expect(run).toMatchObject({ status: 'TIMED_OUT', attemptCount: 1 })
  })

  it('is tried again when its process exits', async () => {
    const run = await untilEnded((await tasks.trigger('exit-once', {})).id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { attempt: 2 } })
  })

  it('fails when something throws outside of it', async () => {
    const run = await untilEnded((await tasks.trigger('throw-outside', {})).id)
    expect(run).toMatchObject({ status: 'FAILED' })
  })

  it('that runs out of memory, gets one more try on the larger machine its task names', async () => {
    const file = noteFile()
    const run = await untilEnded((await tasks.trigger('hungry', { file, wants: 'more' })).id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { machine: 'small-1x' }, attemptCount: 2 })
    expect(await readNotes(file)).toEqual(['micro', 'small-1x'])
  })

  it('that runs out of memory there too, is not tried a third time', async () => {
    const file = noteFile()
    const run = await untilEnded((await tasks.trigger('hungry', { file, wants: 'without-end' })).id)
    expect(run).toMatchObject({ status: 'CRASHED', attemptCount: 2 })
    expect(await readNotes(file)).toEqual(['micro', 'small-1x'])
  })

  it('carries payloads and outputs of more than 128 KB', async () => {
    const text = 'amen '.repeat(60_000)
    const handle = await tasks.trigger<typeof simple.heavy>('heavy', { text })
    const run = await untilEnded(handle.id)
    expect(run.status).toBe('COMPLETED')
    expect(run.output).toEqual({ text: text.toUpperCase() })
  })

  it('keeps the last metadata its task set', async () => {
    const run = await untilEnded((await tasks.trigger('describe', {})).id)
    expect(run.metadata).toEqual({ stage: 'first', percent: 100 })
  })

  it('sees the settings of the product and none of the engine', async () => {
    const run = await untilEnded((await tasks.trigger('read-environment', {})).id)
    expect(run.output).toMatchObject({
      databaseUrl: expect.stringContaining('postgres://'),
      secret: engine.secretKey,
      internal: [],
    })
  })
})

describe('asking for a run', () => {
  it('twice with the same key starts it once', async () => {
    const file = noteFile()
    const idempotencyKey = await idempotencyKeys.create(`once ${file}`, { scope: 'global' })
    const handles = await Promise.all(
      Array.from({ length: 5 }, () => tasks.trigger('greet', { name: 'Ben', file }, { idempotencyKey })),
    )
    expect(new Set(handles.map((handle) => handle.id)).size).toBe(1)
    await untilEnded(handles[0]?.id ?? '')
    expect(await readNotes(file)).toEqual(['greet Ben 1'])
  })

  it('again with the key of a run that failed starts a new one', async () => {
    const idempotencyKey = await idempotencyKeys.create(`again ${noteFile()}`, { scope: 'global' })
    const file = noteFile()
    const first = await tasks.trigger('abort', { file }, { idempotencyKey })
    await untilEnded(first.id)
    const second = await tasks.trigger('abort', { file }, { idempotencyKey })
    expect(second.id).not.toBe(first.id)
  })

  it('with a key that lasts a while starts a new one after it', async () => {
    const idempotencyKey = await idempotencyKeys.create(`short ${noteFile()}`, { scope: 'global' })
    const options = { idempotencyKey, idempotencyKeyTTL: '5s' }
    const first = await tasks.trigger('greet', { name: 'Cy' }, options)
    expect((await tasks.trigger('greet', { name: 'Cy' }, options)).id).toBe(first.id)
    await until(
      () => tasks.trigger('greet', { name: 'Cy' }, options),
      (handle) => handle.id !== first.id,
    )
  })

  it('for later keeps it back until then', async () => {
    const handle = await tasks.trigger('greet', { name: 'Dee' }, { delay: '5s' })
    expect((await runs.retrieve(handle.id)).status).toBe('DELAYED')
    const run = await untilEnded(handle.id)
    expect(run.status).toBe('COMPLETED')
    expect(Number(run.startedAt) - Number(run.createdAt)).toBeGreaterThanOrEqual(4_900)
  })

  it('for next year can be moved to now', async () => {
    const nextYear = new Date(Date.now() + 365 * 24 * 3_600_000)
    const handle = await tasks.trigger('greet', { name: 'Eve' }, { delay: nextYear })
    const waitingRun = await runs.retrieve(handle.id)
    expect(waitingRun.status).toBe('DELAYED')
    await runs.reschedule(handle.id, { delay: '1s' })
    expect((await untilEnded(handle.id)).status).toBe('COMPLETED')
  })

  it('with a time to live drops it when nothing could start it in time', async () => {
    const file = noteFile()
    await queues.pause({ type: 'task', name: 'greet' })
    const handle = await tasks.trigger('greet', { name: 'Fay', file }, { ttl: '1s' })
    const run = await untilEnded(handle.id)
    await queues.resume({ type: 'task', name: 'greet' })
    expect(run.status).toBe('EXPIRED')
    expect(await readNotes(file)).toEqual([])
  })

  it('of a task that does not exist is refused at once', async () => {
    await expect(tasks.trigger('no-such-task', {})).rejects.toThrow(/no task/)
  })

  it('needs the secret key', async () => {
    const response = await fetch(`${engine.apiUrl}/api/v1/runs`, {
      headers: { authorization: 'Bearer tr_dev_wrong' },
    })
    expect(response.status).toBe(401)
  })

  it('gives a token that reads this run and no other', async () => {
    const handle = await tasks.trigger('greet', { name: 'Gus' })
    const other = await tasks.trigger('greet', { name: 'Hal' })
    const read = (id: string) =>
      fetch(`${engine.apiUrl}/api/v3/runs/${id}`, {
        headers: { authorization: `Bearer ${handle.publicAccessToken}` },
      })
    expect((await read(handle.id)).status).toBe(200)
    expect((await read(other.id)).status).toBe(403)
  })
})

describe('cancelling', () => {
  it('reaches a running task at once and calls its hook', async () => {
    const file = noteFile()
    const handle = await tasks.trigger('patient', { file })
    await untilNoted(file, 'started')
    const askedMs = Date.now()
    await runs.cancel(handle.id)
    await untilNoted(file, 'cancelled')
    // A tenth of a second on an idle machine; a busy one gets more, and its task would take a minute.
    expect(Date.now() - askedMs).toBeLessThan(5_000)
    expect((await untilEnded(handle.id)).status).toBe('CANCELED')
  })

  it('ends a run that has not started, and leaves an ended one alone', async () => {
    const delayed = await tasks.trigger('greet', { name: 'Ida' }, { delay: '1h' })
    await runs.cancel(delayed.id)
    expect((await runs.retrieve(delayed.id)).status).toBe('CANCELED')
    const ended = await untilEnded((await tasks.trigger('greet', { name: 'Jo' })).id)
    await runs.cancel(ended.id)
    expect((await runs.retrieve(ended.id)).status).toBe('COMPLETED')
  })
})

describe('a replay', () => {
  it('starts a new run with the same payload', async () => {
    const first = await untilEnded((await tasks.trigger('greet', { name: 'Kit' })).id)
    const replayed = await runs.replay(first.id)
    expect(replayed.id).not.toBe(first.id)
    expect((await untilEnded(replayed.id)).output).toMatchObject({ greeting: 'Hello Kit' })
  })

  it('after a crash finds the children that are done and starts none again', async () => {
    const file = noteFile()
    const handle = await tasks.trigger<typeof waiting.crashAfterChildren>('crash-after-children', { file })
    const run = await untilEnded(handle.id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { attempt: 2 } })
    const [before, after] = await readNotes(`${file}.ids`)
    expect(after).toBe(before)
    expect(await readNotes(file)).toHaveLength(3)
  })
})

describe('waiting', () => {
  it('again for a batch with a key, after a crash, finds the same runs', async () => {
    const file = noteFile()
    const run = await untilEnded((await tasks.trigger('crash-after-batch', { file })).id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { names: ['first', 'second'] } })
    expect(await readNotes(file)).toHaveLength(2)
  })

  it('for a child gives its result or its error', async () => {
    const good = await untilEnded((await tasks.trigger('parent', {})).id)
    expect(good.output).toMatchObject({ ok: true, name: 'only' })
    const bad = await untilEnded((await tasks.trigger('parent', { fail: true })).id)
    expect(bad.output).toMatchObject({ ok: false, error: expect.stringContaining('only failed') })
  })

  it('for a batch keeps the order of its items', async () => {
    const run = await untilEnded((await tasks.trigger('family', { count: 12 })).id)
    expect(run.output.names).toEqual(Array.from({ length: 12 }, (_, index) => `child ${index}`))
  })

  it('for a batch of several tasks tells which failed', async () => {
    const run = await untilEnded((await tasks.trigger('mixed', {})).id)
    expect(run.output).toEqual({ outcomes: [true, false] })
  })

  it('lets others use the place: a parent and its child share a queue of one', async () => {
    const parents = await Promise.all([
      tasks.trigger('limited-parent', {}),
      tasks.trigger('limited-parent', {}),
    ])
    for (const handle of parents) expect((await untilEnded(handle.id)).output).toEqual({ ok: true })
  })

  it('for a time goes on when it is over, and does not count as working', async () => {
    // The time a process takes to start counts as working, so let there be one.
    await untilEnded((await tasks.trigger('greet', { name: 'Lea' })).id)
    const handle = await tasks.trigger<typeof waiting.sleeper>('sleeper', { seconds: 6 }, { maxDuration: 5 })
    await until(
      () => runs.retrieve(handle.id),
      (run) => run.status === 'WAITING',
    )
    const run = await untilEnded(handle.id)
    expect(run.output?.waitedMs).toBeGreaterThanOrEqual(5_900)
    expect(run.output?.waitedMs).toBeLessThan(30_000)
  })

  it('for a token goes on with its answer', async () => {
    const handle = await tasks.trigger('asker', {})
    const asked = await until(
      () => runs.retrieve(handle.id),
      (run) => typeof run.metadata?.tokenId === 'string' && run.status === 'WAITING',
    )
    await wait.completeToken(String(asked.metadata?.tokenId), { answer: 'yes' })
    expect((await untilEnded(handle.id)).output).toEqual({ ok: true, answer: 'yes' })
  })

  it('holds no more processes than the machine has room for, and other work goes on', async () => {
    const tokens: string[] = []
    const askers: string[] = []
    for (let index = 0; index < mostRoots + 3; index++) {
      const token = await wait.createToken({ timeout: '1h' })
      tokens.push(token.id)
      askers.push((await tasks.trigger('asker', { tokenId: token.id })).id)
    }
    const statuses = async () => Promise.all(askers.map(async (id) => (await runs.retrieve(id)).status))
    const waitingOnes = Array.from({ length: mostRoots }, () => 'WAITING')
    const heldBack = Array.from({ length: 3 }, () => 'QUEUED')
    await until(statuses, (seen) => JSON.stringify(seen) === JSON.stringify([...waitingOnes, ...heldBack]))
    // Something else runs to its end meanwhile, and so does what a waiting run started.
    expect((await untilEnded((await tasks.trigger('greet', { name: 'Ida' })).id)).status).toBe('COMPLETED')
    expect((await untilEnded((await tasks.trigger('parent', {})).id)).status).toBe('COMPLETED')
    expect(await statuses()).toEqual([...waitingOnes, ...heldBack])
    for (const token of tokens) await wait.completeToken(token, { answer: 'yes' })
    for (const id of askers) expect((await untilEnded(id)).output).toEqual({ ok: true, answer: 'yes' })
  })

  it('for a token nobody completes goes on without an answer', async () => {
    const run = await untilEnded((await tasks.trigger('asker', { timeout: '1s' })).id)
    expect(run.output).toEqual({ ok: false })
  })

  it('for a token completed before is over at once', async () => {
    const token = await wait.createToken({ timeout: '1h' })
    await wait.completeToken(token, { answer: 'early' })
    const run = await untilEnded((await tasks.trigger('asker', { tokenId: token.id })).id)
    expect(run.output).toEqual({ ok: true, answer: 'early' })
  })
})

describe('a queue', () => {
  it('of one runs one at a time', async () => {
    const file = noteFile()
    const { runs: handles } = await tasks
      .batchTrigger('limited', [
        { payload: { file, name: 'a', ms: 150 } },
        { payload: { file, name: 'b', ms: 150 } },
        { payload: { file, name: 'c', ms: 150 } },
      ])
      .then(async (handle) => batch.retrieve(handle.batchId))
    for (const id of handles) await untilEnded(id)
    const lines = await readNotes(file)
    const starts = lines.filter((_, index) => index % 2 === 0)
    const ends = lines.filter((_, index) => index % 2 === 1)
    expect(starts.map((line) => line.replace('start ', ''))).toEqual(
      ends.map((line) => line.replace('end ', '')),
    )
  })

  it('of one runs one at a time for each concurrency key, and keys beside each other', async () => {
    const file = noteFile()
    const handles = await Promise.all(
      ['one', 'two'].map((key) =>
        tasks.trigger('limited', { file, name: key, ms: 60_000 }, { concurrencyKey: key }),
      ),
    )
    const lines = await until(
      () => readNotes(file),
      (noted) => noted.length >= 2,
    )
    expect(lines.toSorted()).toEqual(['start one', 'start two'])
    for (const handle of handles) await runs.cancel(handle.id)
    for (const handle of handles) await untilEnded(handle.id)
  })

  it('serves every church in turn, however many runs one of them asked for first', async () => {
    const file = noteFile()
    await queues.pause({ type: 'task', name: 'shared' })
    const asked: string[] = []
    const ask = async (church: string, count: number) => {
      for (let index = 0; index < count; index++) {
        const options = { concurrencyKey: church }
        asked.push((await tasks.trigger('shared', { file, name: `${church}${index}` }, options)).id)
      }
    }
    await ask('flood', 12)
    await ask('quiet', 2)
    await ask('small', 2)
    await queues.resume({ type: 'task', name: 'shared' })
    for (const id of asked) await untilEnded(id)
    const order = await readNotes(file)
    expect(order).toHaveLength(16)
    // In each round one of each church, in its own order; the rest when nobody else waits.
    expect(order.slice(0, 3).sort()).toEqual(['flood0', 'quiet0', 'small0'])
    expect(order.slice(3, 6).sort()).toEqual(['flood1', 'quiet1', 'small1'])
    expect(order.slice(6)).toEqual(Array.from({ length: 10 }, (_, index) => `flood${index + 2}`))
  })

  it('takes what is more urgent first', async () => {
    const file = noteFile()
    await queues.pause({ type: 'custom', name: 'one-at-a-time' })
    const ordinary = await tasks.trigger('limited', { file, name: 'ordinary', ms: 10 })
    const urgent = await tasks.trigger('limited', { file, name: 'urgent', ms: 10 }, { priority: 3_600 })
    await queues.resume({ type: 'custom', name: 'one-at-a-time' })
    for (const handle of [ordinary, urgent]) await untilEnded(handle.id)
    const starts = (await readNotes(file)).filter((line) => line.startsWith('start'))
    expect(starts).toEqual(['start urgent', 'start ordinary'])
  })

  it('starts nothing while it is paused', async () => {
    await queues.pause({ type: 'custom', name: 'one-at-a-time' })
    const file = noteFile()
    const handle = await tasks.trigger('limited', { file, name: 'later', ms: 1 })
    const paused = await queues.retrieve({ type: 'custom', name: 'one-at-a-time' })
    expect(paused).toMatchObject({ paused: true, queued: 1, running: 0, concurrencyLimit: 1 })
    await queues.resume({ type: 'custom', name: 'one-at-a-time' })
    expect((await untilEnded(handle.id)).status).toBe('COMPLETED')
  })
})

describe('lists', () => {
  it('page through runs by task and tag, newest first, without gaps', async () => {
    const tag = `list_${randomBytes(4).toString('hex')}`
    const ids: string[] = []
    for (let index = 0; index < 5; index++) {
      ids.push((await tasks.trigger('greet', { name: `${index}` }, { tags: [tag] })).id)
    }
    const seen: string[] = []
    for await (const run of runs.list({ tag, taskIdentifier: 'greet', limit: 2 })) seen.push(run.id)
    expect(seen).toEqual(ids.toReversed())
    for (const id of ids) await untilEnded(id)
    const completed = await runs.list({ tag, status: 'COMPLETED' })
    expect(completed.data).toHaveLength(5)
  })
})

describe('a schedule', () => {
  it('can be made, changed, switched off and removed', async () => {
    const made = await schedules.create({
      task: 'ticking',
      cron: '0 5 * * *',
      timezone: 'Europe/London',
      deduplicationKey: 'daily',
      externalId: 'church_1',
    })
    expect(made).toMatchObject({ type: 'IMPERATIVE', task: 'ticking', active: true })
    const changed = await schedules.create({ task: 'ticking', cron: '0 6 * * *', deduplicationKey: 'daily' })
    expect(changed.id).toBe(made.id)
    expect(Number(changed.nextRun)).toBeGreaterThan(Date.now())
    expect((await schedules.deactivate(made.id)).active).toBe(false)
    expect((await schedules.activate(made.id)).active).toBe(true)
    await schedules.del(made.id)
    const left = await schedules.list()
    expect(left.data.map((schedule) => schedule.id)).not.toContain(made.id)
  })
})
