import { appendFile, readFile } from 'node:fs/promises'

import { batch, idempotencyKeys, metadata, schedules, task, wait } from '@trigger.dev/sdk'

import { oneAtATime } from './simple-tasks.ts'

export const child = task({
  id: 'child',
  run: async (payload: { name: string; file?: string; fail?: boolean }, { ctx }) => {
    if (payload.file) await appendFile(payload.file, `${payload.name} ${ctx.run.id}\n`)
    if (payload.fail) throw new Error(`${payload.name} failed`)
    return { name: payload.name }
  },
})

export const parent = task({
  id: 'parent',
  run: async (payload: { fail?: boolean }) => {
    const result = await child.triggerAndWait({ name: 'only', fail: payload.fail ?? false })
    return result.ok
      ? { ok: true, name: result.output.name, id: result.id }
      : { ok: false, error: String(result.error) }
  },
})

export const family = task({
  id: 'family',
  run: async (payload: { count: number }) => {
    const results = await child.batchTriggerAndWait(
      Array.from({ length: payload.count }, (_, index) => ({ payload: { name: `child ${index}` } })),
    )
    return { names: results.runs.map((run) => (run.ok ? run.output.name : 'failed')) }
  },
})

export const mixed = task({
  id: 'mixed',
  run: async () => {
    const { runs } = await batch.triggerByTaskAndWait([
      { task: child, payload: { name: 'one' } },
      { task: child, payload: { name: 'two', fail: true } },
    ])
    return { outcomes: runs.map((run) => run.ok) }
  },
})

/** Starts children with idempotency keys, then crashes in attempt 1; attempt 2 must find the same children. */
export const crashAfterChildren = task({
  id: 'crash-after-children',
  retry: { maxAttempts: 2, minTimeoutInMs: 100 },
  run: async (payload: { file: string }, { ctx }) => {
    const first = await child.triggerAndWait(
      { name: 'first', file: payload.file },
      { idempotencyKey: await idempotencyKeys.create('first') },
    )
    const rest = await child.batchTriggerAndWait([
      {
        payload: { name: 'second', file: payload.file },
        options: { idempotencyKey: await idempotencyKeys.create('second') },
      },
      {
        payload: { name: 'third', file: payload.file },
        options: { idempotencyKey: await idempotencyKeys.create('third') },
      },
    ])
    const ids = [first.id, ...rest.runs.map((run) => run.id)]
    await appendFile(`${payload.file}.ids`, `${ids.join(' ')}\n`)
    if (ctx.attempt.number === 1) process.kill(process.pid, 'SIGTERM')
    return { ids, attempt: ctx.attempt.number }
  },
})

/** Starts a batch with an idempotency key, then crashes in attempt 1; attempt 2 must find the same batch. */
export const crashAfterBatch = task({
  id: 'crash-after-batch',
  retry: { maxAttempts: 2, minTimeoutInMs: 100 },
  run: async (payload: { file: string }, { ctx }) => {
    const results = await child.batchTriggerAndWait(
      [
        { payload: { name: 'first', file: payload.file } },
        { payload: { name: 'second', file: payload.file } },
      ],
      { idempotencyKey: await idempotencyKeys.create('batch') },
    )
    if (ctx.attempt.number === 1) process.kill(process.pid, 'SIGTERM')
    return { names: results.runs.map((run) => (run.ok ? run.output.name : 'failed')) }
  },
})

/** Triggers a child with a key, waits at the gate and ends. When killed at the gate, it must repeat nothing. */
export const resumable = task({
  id: 'resumable',
  run: async (payload: { file: string; holdMs: number }, { ctx }) => {
    const first = await child.triggerAndWait(
      { name: 'first', file: payload.file },
      { idempotencyKey: await idempotencyKeys.create('first') },
    )
    await appendFile(payload.file, 'gate\n')
    await new Promise((resolve) => setTimeout(resolve, payload.holdMs))
    const second = await child.triggerAndWait(
      { name: 'second', file: payload.file },
      { idempotencyKey: await idempotencyKeys.create('second') },
    )
    return { ids: [first.id, second.id], attempt: ctx.attempt.number }
  },
})

/**
 * Appends a line for each attempt and is killed until it has appended `attempts` lines. With `reports` it reports
 * each line to the engine as a finished step.
 */
export const killed = task({
  id: 'killed',
  retry: { maxAttempts: 2, minTimeoutInMs: 50, outOfMemory: { machine: 'medium-1x' } },
  run: async (payload: { file: string; attempts: number; reports: boolean }, { ctx }) => {
    await appendFile(payload.file, `${ctx.attempt.number}\n`)
    const lines = (await readFile(payload.file, 'utf8')).trim().split('\n')
    if (payload.reports) {
      metadata.increment('completedSteps', 1)
      await metadata.flush()
    }
    if (lines.length < payload.attempts) process.kill(process.pid, 'SIGKILL')
    return { attempts: lines.length }
  },
})

/** Waits for a child with a new key in each attempt, and is killed until it has waited `children` times. */
export const killedParent = task({
  id: 'killed-parent',
  retry: { maxAttempts: 2, minTimeoutInMs: 50, outOfMemory: { machine: 'medium-1x' } },
  run: async (payload: { file: string; children: number }) => {
    await appendFile(payload.file, 'begun\n')
    const attempts = (await readFile(payload.file, 'utf8')).trim().split('\n').length
    for (let index = 0; index < attempts; index++) {
      const idempotencyKey = await idempotencyKeys.create(`child ${index}`)
      await child.triggerAndWait({ name: `child ${index}` }, { idempotencyKey })
    }
    if (attempts < payload.children) process.kill(process.pid, 'SIGKILL')
    return { attempts }
  },
})

export const limitedParent = task({
  id: 'limited-parent',
  queue: oneAtATime,
  run: async () => {
    const result = await limitedChild.triggerAndWait()
    return { ok: result.ok }
  },
})

export const limitedChild = task({
  id: 'limited-child',
  queue: oneAtATime,
  run: async () => ({ done: true }),
})

export const sleeper = task({
  id: 'sleeper',
  run: async (payload: { seconds: number }) => {
    const startedAt = Date.now()
    await wait.for({ seconds: payload.seconds })
    return { waitedMs: Date.now() - startedAt }
  },
})

export const asker = task({
  id: 'asker',
  run: async (payload: { tokenId?: string; timeout?: string }) => {
    const tokenId = payload.tokenId ?? (await wait.createToken({ timeout: payload.timeout ?? '1h' })).id
    metadata.set('tokenId', tokenId)
    await metadata.flush()
    const answer = await wait.forToken<{ answer: string }>(tokenId)
    return answer.ok ? { ok: true, answer: answer.output.answer } : { ok: false }
  },
})

export const ticking = schedules.task({
  id: 'ticking',
  run: async (payload) => ({ type: payload.type, externalId: payload.externalId }),
})

/** Starts once a year, so that no test meets it. */
export const yearly = schedules.task({
  id: 'yearly',
  cron: { pattern: '0 3 1 1 *', timezone: 'Europe/London' },
  run: async ({ type }) => ({ type }),
})
