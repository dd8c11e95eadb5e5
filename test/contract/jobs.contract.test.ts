import { configure, runs, tasks } from '@trigger.dev/sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startTestEngine, type TestEngine } from '#test/start-test-engine.ts'

import type { greet } from './jobs/trigger/simple-tasks.ts'
import type { parent } from './jobs/trigger/waiting-tasks.ts'
import { untilEnded } from './jobs/until-ended.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await startTestEngine()
  configure({ baseURL: engine.apiUrl, accessToken: engine.secretKey })
})

afterAll(async () => {
  await engine?.stop()
})

describe('a run', () => {
  it('gives back what its task returned', async () => {
    const handle = await tasks.trigger<typeof greet>('greet', { name: 'Ann' })
    const run = await untilEnded(handle.id)
    expect(run.status).toBe('COMPLETED')
    expect(run.output).toEqual({ greeting: 'Hello Ann', attempt: 1 })
  })

  it('waits for a child run and sees its result', async () => {
    const handle = await tasks.trigger<typeof parent>('parent', {})
    const run = await untilEnded(handle.id)
    expect(run.output).toMatchObject({ ok: true, name: 'only' })
    const retrieved = await runs.retrieve(handle.id)
    expect(retrieved.relatedRuns.children).toHaveLength(1)
  })
})
