import { setTimeout as delay } from 'node:timers/promises'

import { configure, runs, tasks } from '@trigger.dev/sdk'
import { Pool } from 'pg'

import { startTestEngine } from '#harness/start-test-engine.ts'
import { type Spread, spread } from './percentiles.ts'

export interface Measured {
  /** From the request for work to the first line of the work itself. */
  startMs: Spread
  runsPerSecond: number
}

const warmUps = 10
const mostPerBatch = 500

/** Measures the embedded job engine, through the public SDK, with work that does nothing. */
export async function measureEngine(options: {
  connectionString: string
  samples: number
  burst: number
}): Promise<Measured> {
  const engine = await startTestEngine({ connectionString: options.connectionString })
  const pool = new Pool({ connectionString: options.connectionString, max: 1 })
  try {
    configure({ baseURL: engine.apiUrl, accessToken: engine.secretKey })
    const startMs: number[] = []
    for (let index = 0; index < warmUps + options.samples; index++) {
      const requestedAtMs = Date.now()
      const handle = await tasks.trigger('started', {})
      const startedAtMs = await waitForStart(handle.id)
      if (index >= warmUps) startMs.push(startedAtMs - requestedAtMs)
    }

    const startedMs = performance.now()
    for (let left = options.burst; left > 0; left -= mostPerBatch) {
      const items = Array.from({ length: Math.min(left, mostPerBatch) }, () => ({ payload: {} }))
      await tasks.batchTrigger('started', items)
    }
    const expected = warmUps + options.samples + options.burst
    for (;;) {
      const { rows } = await pool.query<{ done: number }>(
        `select count(*)::int as done from engine.runs where status = 'COMPLETED' and task_id = 'started'`,
      )
      if ((rows[0]?.done ?? 0) >= expected) break
      await delay(20)
    }
    const tookSeconds = (performance.now() - startedMs) / 1000
    return { startMs: spread(startMs), runsPerSecond: Math.round(options.burst / tookSeconds) }
  } finally {
    await pool.end()
    await engine.stop()
  }
}

async function waitForStart(runId: string): Promise<number> {
  for (;;) {
    const run = await runs.retrieve(runId)
    if (run.isCompleted) return Number(run.output?.startedAtMs)
    await delay(10)
  }
}
