import { appendFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import { AbortTaskRunError, metadata, queue, schemaTask, tags, task } from '@trigger.dev/sdk'
import { z } from 'zod'

async function note(file: string | undefined, line: string) {
  if (file) await appendFile(file, `${line}\n`)
}

export const greet = task({
  id: 'greet',
  run: async (payload: { name: string; file?: string }, { ctx }) => {
    await note(payload.file, `greet ${payload.name} ${ctx.attempt.number}`)
    return { greeting: `Hello ${payload.name}`, attempt: ctx.attempt.number }
  },
})

export const started = task({
  id: 'started',
  run: async () => ({ startedAtMs: Date.now() }),
})

export const failTwice = task({
  id: 'fail-twice',
  retry: { maxAttempts: 3, factor: 2, minTimeoutInMs: 200, maxTimeoutInMs: 5_000, randomize: false },
  run: async (payload: { file: string }, { ctx }) => {
    await note(payload.file, `${Date.now()}`)
    if (ctx.attempt.number < 3) throw new Error(`attempt ${ctx.attempt.number} fails`)
    return { attempt: ctx.attempt.number }
  },
})

export const abort = task({
  id: 'abort',
  retry: { maxAttempts: 5, minTimeoutInMs: 100 },
  run: async (payload: { file: string }) => {
    await note(payload.file, 'attempted')
    throw new AbortTaskRunError('there is no point in another attempt')
  },
})

export const strict = schemaTask({
  id: 'strict',
  schema: z.object({ count: z.number() }),
  retry: { maxAttempts: 5, minTimeoutInMs: 100 },
  run: async (payload) => ({ doubled: payload.count * 2 }),
})

export const tooSlow = task({
  id: 'too-slow',
  maxDuration: 5,
  retry: { maxAttempts: 3, minTimeoutInMs: 100 },
  run: async () => {
    await sleep(60_000)
    return { finished: true }
  },
})

export const patient = task({
  id: 'patient',
  run: async (payload: { file: string; ms?: number }, { signal }) => {
    await note(payload.file, 'started')
    await sleep(payload.ms ?? 60_000, undefined, { signal })
    await note(payload.file, 'finished')
    return { finished: true }
  },
  onCancel: async ({ payload }) => {
    await note(payload.file, 'cancelled')
  },
})

export const exitOnce = task({
  id: 'exit-once',
  retry: { maxAttempts: 2, minTimeoutInMs: 100 },
  run: async (_payload: Record<string, never>, { ctx }) => {
    if (ctx.attempt.number === 1) process.exit(3)
    return { attempt: ctx.attempt.number }
  },
})

export const throwOutside = task({
  id: 'throw-outside',
  run: async () => {
    setTimeout(() => {
      throw new Error('thrown outside of the run')
    }, 10)
    await sleep(30_000)
  },
})

export const hungry = task({
  id: 'hungry',
  machine: 'micro',
  retry: { maxAttempts: 1, outOfMemory: { machine: 'small-1x' } },
  run: async (payload: { file: string; wants: 'more' | 'without-end' }, { ctx }) => {
    await note(payload.file, ctx.machine?.name ?? '')
    // More memory than the small machine has, or than any machine has.
    const kept: number[][] = []
    const blocks = payload.wants === 'more' ? 35 : Number.POSITIVE_INFINITY
    while (kept.length < blocks) kept.push(new Array<number>(1_000_000).fill(kept.length))
    return { machine: ctx.machine?.name, attempt: ctx.attempt.number, blocks: kept.length }
  },
})

export const heavy = task({
  id: 'heavy',
  run: async (payload: { text: string }) => ({ text: payload.text.toUpperCase() }),
})

export const describe = task({
  id: 'describe',
  run: async () => {
    metadata.set('stage', 'first').set('percent', 10)
    await metadata.flush()
    metadata.set('percent', 100)
    return { seen: metadata.current() }
  },
})

export const annotate = task({
  id: 'annotate',
  run: async () => {
    await tags.add('late')
    metadata.set('pages', 3)
    await metadata.flush()
    await metadata.refresh()
    return { stored: metadata.current() }
  },
})

export const readEnvironment = task({
  id: 'read-environment',
  run: async () => ({
    databaseUrl: process.env.DATABASE_URL,
    secret: process.env.TRIGGER_SECRET_KEY,
    internal: Object.keys(process.env).filter((name) => name.startsWith('SELAH_TRIGGER_')),
  }),
})

export const oneAtATime = queue({ name: 'one-at-a-time', concurrencyLimit: 1 })

export const limited = task({
  id: 'limited',
  queue: oneAtATime,
  run: async (payload: { file: string; name: string; ms: number }) => {
    await note(payload.file, `start ${payload.name}`)
    await sleep(payload.ms)
    await note(payload.file, `end ${payload.name}`)
    return { name: payload.name }
  },
})

/** One at a time in total and for each key, like the product's work that needs the whole machine. */
export const shared = task({
  id: 'shared',
  concurrency: { perKey: 1, total: 1 },
  run: async (payload: { file: string; name: string }) => {
    await note(payload.file, payload.name)
  },
})
