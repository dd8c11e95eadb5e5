import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { connectDatabase } from '#lib/db/connect-database.ts'
import { runStep } from '#lib/runs/run-step.ts'
import { type Spread, spread } from './percentiles.ts'

const warmUps = 10

/** Measures the cost of a step without its own work: done for the first time, and skipped in a replay. */
export async function measureSteps(options: {
  connectionString: string
  samples: number
}): Promise<{ doneMs: Spread; skippedMs: Spread }> {
  const { db, close } = connectDatabase(options.connectionString, { maxConnections: 1 })
  try {
    const work = {
      db,
      workKey: `bench/${randomUUID()}`,
      taskId: 'bench',
      runId: 'run_bench',
      attempt: 1,
      churchId: randomUUID(),
      sermonId: randomUUID(),
      signal: new AbortController().signal,
    }
    const runSteps = async () => {
      const tookMs: number[] = []
      for (let index = 0; index < warmUps + options.samples; index += 1) {
        const startedMs = performance.now()
        await runStep(work, { name: `step ${index}`, result: z.number() }, async () => index)
        if (index >= warmUps) tookMs.push(performance.now() - startedMs)
      }
      return spread(tookMs)
    }
    return { doneMs: await runSteps(), skippedMs: await runSteps() }
  } finally {
    await close()
  }
}
