import { randomBytes } from 'node:crypto'

import { auth, configure, idempotencyKeys, queues, runs, tasks } from '@trigger.dev/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startTestEngine, type TestEngine } from '#harness/start-test-engine.ts'

import { createNotes, type Notes } from './notes.ts'
import type * as simple from './trigger/simple-tasks.ts'
import type * as waiting from './trigger/waiting-tasks.ts'
import { waitFor, waitForEnd } from './wait-for-end.ts'

let engine: TestEngine
let notes: Notes

beforeAll(async () => {
  notes = await createNotes()
  engine = await startTestEngine()
  configure({ baseURL: engine.apiUrl, accessToken: engine.secretKey })
})

afterAll(async () => {
  await engine?.stop()
  await notes?.remove()
})

describe('a run', () => {
  it('returns the output of its task', async () => {
    const handle = await tasks.trigger<typeof simple.greet>(
      'greet',
      { name: 'Ann' },
      { tags: ['sermon_1'], metadata: { from: 'test' } },
    )
    const run = await waitForEnd(handle.id)
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

  it('keeps every change of its metadata when several are made at the same time', async () => {
    const handle = await tasks.trigger('greet', { name: 'Ann' }, { delay: '1h', metadata: { kept: true } })
    const increment = () =>
      fetch(`${engine.apiUrl}/api/v1/runs/${handle.id}/metadata`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${engine.secretKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ operations: [{ type: 'increment', key: 'count', value: 1 }] }),
      })
    const answers = await Promise.all(Array.from({ length: 10 }, increment))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect((await runs.retrieve(handle.id)).metadata).toEqual({ kept: true, count: 10 })
    await runs.cancel(handle.id)
  })

  it('is retried with growing delays until it succeeds', async () => {
    const file = notes.newFile()
    const handle = await tasks.trigger<typeof simple.failTwice>('fail-twice', { file })
    const run = await waitForEnd(handle.id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { attempt: 3 }, attemptCount: 3 })
    const [first = 0, second = 0, third = 0] = (await notes.read(file)).map(Number)
    expect(second - first).toBeGreaterThanOrEqual(200)
    expect(third - second).toBeGreaterThanOrEqual(400)
  })

  it('is not retried when its task aborts', async () => {
    const file = notes.newFile()
    const run = await waitForEnd((await tasks.trigger('abort', { file })).id)
    expect(run).toMatchObject({ status: 'FAILED', attemptCount: 1 })
    expect(run.error?.message).toContain('no point')
    expect(await notes.read(file)).toEqual(['attempted'])
  })

  it('fails without a retry when its payload does not match the schema', async () => {
    const run = await waitForEnd((await tasks.trigger('strict', { count: 'many' })).id)
    expect(run).toMatchObject({ status: 'FAILED', attemptCount: 1 })
  })

  it('times out when it exceeds its maximum duration', async () => {
    const run = await waitForEnd((await tasks.trigger('too-slow', {})).id)
    expect(run).toMatchObject({ status: 'TIMED_OUT', attemptCount: 1 })
  })

  it('is retried when its process exits', async () => {
    const run = await waitForEnd((await tasks.trigger('exit-once', {})).id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { attempt: 2 } })
  })

  it('fails when an exception is thrown outside its function', async () => {
    const run = await waitForEnd((await tasks.trigger('throw-outside', {})).id)
    expect(run).toMatchObject({ status: 'FAILED' })
  })

  it('that runs out of memory is retried once on the larger machine that its task names', async () => {
    const file = notes.newFile()
    const run = await waitForEnd((await tasks.trigger('hungry', { file, wants: 'more' })).id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { machine: 'small-1x' }, attemptCount: 2 })
    expect(await notes.read(file)).toEqual(['micro', 'small-1x'])
  })

  it('that runs out of memory on the larger machine too is not retried again', async () => {
    const file = notes.newFile()
    const run = await waitForEnd((await tasks.trigger('hungry', { file, wants: 'without-end' })).id)
    expect(run).toMatchObject({ status: 'CRASHED', attemptCount: 2 })
    expect(await notes.read(file)).toEqual(['micro', 'small-1x'])
  })

  it('accepts payloads and outputs of more than 128 KB', async () => {
    const text = 'amen '.repeat(60_000)
    const handle = await tasks.trigger<typeof simple.heavy>('heavy', { text })
    const run = await waitForEnd(handle.id)
    expect(run.status).toBe('COMPLETED')
    expect(run.output).toEqual({ text: text.toUpperCase() })
  })

  it('keeps the last metadata its task set', async () => {
    const run = await waitForEnd((await tasks.trigger('describe', {})).id)
    expect(run.metadata).toEqual({ stage: 'first', percent: 100 })
  })

  it('can read its current metadata and add tags to itself', async () => {
    const handle = await tasks.trigger<typeof simple.annotate>('annotate', undefined, { tags: ['early'] })
    const run = await waitForEnd(handle.id)
    expect(run.output).toEqual({ stored: { pages: 3 } })
    expect(run.tags).toEqual(['early', 'late'])
  })

  it('sees the settings of the product and none of the engine', async () => {
    const run = await waitForEnd((await tasks.trigger('read-environment', {})).id)
    expect(run.output).toMatchObject({
      databaseUrl: expect.stringContaining('postgres://'),
      secret: engine.secretKey,
      internal: [],
    })
  })
})

describe('a trigger call', () => {
  it('repeated with the same idempotency key creates one run', async () => {
    const file = notes.newFile()
    const idempotencyKey = await idempotencyKeys.create(`once ${file}`, { scope: 'global' })
    const handles = await Promise.all(
      Array.from({ length: 5 }, () => tasks.trigger('greet', { name: 'Ben', file }, { idempotencyKey })),
    )
    expect(new Set(handles.map((handle) => handle.id)).size).toBe(1)
    await waitForEnd(handles[0]?.id ?? '')
    expect(await notes.read(file)).toEqual(['greet Ben 1'])
  })

  it('with the idempotency key of a failed run creates a new one', async () => {
    const idempotencyKey = await idempotencyKeys.create(`again ${notes.newFile()}`, { scope: 'global' })
    const file = notes.newFile()
    const first = await tasks.trigger('abort', { file }, { idempotencyKey })
    await waitForEnd(first.id)
    const second = await tasks.trigger('abort', { file }, { idempotencyKey })
    expect(second.id).not.toBe(first.id)
  })

  it('with an idempotency key that was reset creates a new run', async () => {
    const idempotencyKey = await idempotencyKeys.create(`reset ${notes.newFile()}`, { scope: 'global' })
    const first = await tasks.trigger('greet', { name: 'Bo' }, { idempotencyKey })
    await idempotencyKeys.reset('greet', idempotencyKey)
    expect((await tasks.trigger('greet', { name: 'Bo' }, { idempotencyKey })).id).not.toBe(first.id)
  })

  it('with an expired idempotency key creates a new run', async () => {
    const idempotencyKey = await idempotencyKeys.create(`short ${notes.newFile()}`, { scope: 'global' })
    const options = { idempotencyKey, idempotencyKeyTTL: '5s' }
    const first = await tasks.trigger('greet', { name: 'Cy' }, options)
    expect((await tasks.trigger('greet', { name: 'Cy' }, options)).id).toBe(first.id)
    await waitFor(
      () => tasks.trigger('greet', { name: 'Cy' }, options),
      (handle) => handle.id !== first.id,
    )
  })

  it('with a delay starts the run after it', async () => {
    const handle = await tasks.trigger('greet', { name: 'Dee' }, { delay: '5s' })
    expect((await runs.retrieve(handle.id)).status).toBe('DELAYED')
    const run = await waitForEnd(handle.id)
    expect(run.status).toBe('COMPLETED')
    expect(Number(run.startedAt) - Number(run.createdAt)).toBeGreaterThanOrEqual(4_900)
  })

  it('with a delay can be rescheduled', async () => {
    const nextYear = new Date(Date.now() + 365 * 24 * 3_600_000)
    const handle = await tasks.trigger('greet', { name: 'Eve' }, { delay: nextYear })
    const waitingRun = await runs.retrieve(handle.id)
    expect(waitingRun.status).toBe('DELAYED')
    await runs.reschedule(handle.id, { delay: '1s' })
    expect((await waitForEnd(handle.id)).status).toBe('COMPLETED')
  })

  it('with a time to live expires the run if it could not start in time', async () => {
    const file = notes.newFile()
    await queues.pause({ type: 'task', name: 'greet' })
    const handle = await tasks.trigger('greet', { name: 'Fay', file }, { ttl: '1s' })
    const run = await waitForEnd(handle.id)
    await queues.resume({ type: 'task', name: 'greet' })
    expect(run.status).toBe('EXPIRED')
    expect(await notes.read(file)).toEqual([])
  })

  it('of an unknown task is refused', async () => {
    await expect(tasks.trigger('no-such-task', {})).rejects.toThrow(/no task/)
  })

  it('needs the secret key', async () => {
    const response = await fetch(`${engine.apiUrl}/api/v1/runs`, {
      headers: { authorization: 'Bearer tr_dev_wrong' },
    })
    expect(response.status).toBe(401)
  })

  it('returns a token that can read only this run, like a token created for it', async () => {
    const handle = await tasks.trigger('greet', { name: 'Gus' })
    const other = await tasks.trigger('greet', { name: 'Hal' })
    const created = await auth.createPublicToken({ scopes: { read: { runs: [handle.id] } } })
    const read = (token: string, id: string) =>
      fetch(`${engine.apiUrl}/api/v3/runs/${id}`, { headers: { authorization: `Bearer ${token}` } })
    for (const token of [handle.publicAccessToken, created]) {
      expect((await read(token, handle.id)).status).toBe(200)
      expect((await read(token, other.id)).status).toBe(403)
    }
  })
})

describe('a cancellation', () => {
  it('aborts an executing task and calls its hook', async () => {
    const file = notes.newFile()
    const handle = await tasks.trigger('patient', { file })
    await notes.waitForNote(file, 'started')
    await runs.cancel(handle.id)
    await notes.waitForNote(file, 'cancelled')
    expect((await waitForEnd(handle.id)).status).toBe('CANCELED')
  })

  it('ends a run that has not started, and does not change one that has ended', async () => {
    const delayed = await tasks.trigger('greet', { name: 'Ida' }, { delay: '1h' })
    await runs.cancel(delayed.id)
    expect((await runs.retrieve(delayed.id)).status).toBe('CANCELED')
    const ended = await waitForEnd((await tasks.trigger('greet', { name: 'Jo' })).id)
    await runs.cancel(ended.id)
    expect((await runs.retrieve(ended.id)).status).toBe('COMPLETED')
  })
})

describe('a replay', () => {
  it('creates a new run with the same payload', async () => {
    const first = await waitForEnd((await tasks.trigger('greet', { name: 'Kit' })).id)
    const replayed = await runs.replay(first.id)
    expect(replayed.id).not.toBe(first.id)
    expect((await waitForEnd(replayed.id)).output).toMatchObject({ greeting: 'Hello Kit' })
  })

  it('after a crash finds the finished children and triggers none of them again', async () => {
    const file = notes.newFile()
    const handle = await tasks.trigger<typeof waiting.crashAfterChildren>('crash-after-children', { file })
    const run = await waitForEnd(handle.id)
    expect(run).toMatchObject({ status: 'COMPLETED', output: { attempt: 2 } })
    const [before, after] = await notes.read(`${file}.ids`)
    expect(after).toBe(before)
    expect(await notes.read(file)).toHaveLength(3)
  })
})

describe('lists', () => {
  it('return runs by task and tag in pages, newest first, without gaps', async () => {
    const tag = `list_${randomBytes(4).toString('hex')}`
    const ids: string[] = []
    for (let index = 0; index < 5; index++) {
      ids.push((await tasks.trigger('greet', { name: `${index}` }, { tags: [tag] })).id)
    }
    const seen: string[] = []
    for await (const run of runs.list({ tag, taskIdentifier: 'greet', limit: 2 })) seen.push(run.id)
    expect(seen).toEqual(ids.toReversed())
    for (const id of ids) await waitForEnd(id)
    const completed = await runs.list({ tag, status: 'COMPLETED' })
    expect(completed.data).toHaveLength(5)
  })
})
