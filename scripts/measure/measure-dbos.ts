import { DBOS } from '@dbos-inc/dbos-sdk'
import type { Measured } from './measure-engine.ts'
import { type Spread, spread } from './percentiles.ts'

const warmUps = 10
/** The number of workflows that run at the same time: one per connection of its pool. */
const parallelWorkflows = 4

// A workflow can be registered only once in a process.
const started = DBOS.registerWorkflow(async () => performance.now(), { name: 'started' })
const stepping = DBOS.registerWorkflow(
  async (steps: number) => {
    const tookMs: number[] = []
    for (let index = 0; index < steps; index += 1) {
      const startedMs = performance.now()
      await DBOS.runStep(async () => index, { name: `step ${index}` })
      tookMs.push(performance.now() - startedMs)
    }
    return tookMs
  },
  { name: 'stepping' },
)

/**
 * Measures DBOS Transact on the same database. Like this engine it stores the state of each workflow and the result of
 * each step in Postgres. Workflows are functions in this process, started directly, which is its fastest way.
 */
export async function measureDbos(options: {
  connectionString: string
  samples: number
  burst: number
}): Promise<Measured & { stepMs: Spread }> {
  const quiet = () => {}
  DBOS.setConfig({
    name: 'bench',
    systemDatabaseUrl: options.connectionString,
    systemDatabaseSchemaName: 'bench_dbos',
    systemDatabasePoolSize: parallelWorkflows,
    logger: { info: quiet, debug: quiet, warn: quiet, error: quiet },
  })
  await DBOS.launch()
  try {
    const startMs: number[] = []
    for (let index = 0; index < warmUps + options.samples; index += 1) {
      const requestedAtMs = performance.now()
      const handle = await DBOS.startWorkflow(started)()
      const waitedMs = (await handle.getResult()) - requestedAtMs
      if (index >= warmUps) startMs.push(waitedMs)
    }

    const startedMs = performance.now()
    const queue = Array.from({ length: options.burst }).values()
    const worker = async () => {
      for (const _ of queue) await (await DBOS.startWorkflow(started)()).getResult()
    }
    await Promise.all(Array.from({ length: parallelWorkflows }, worker))
    const tookSeconds = (performance.now() - startedMs) / 1000

    const stepsMs = await stepping(warmUps + options.samples)
    return {
      startMs: spread(startMs),
      runsPerSecond: Math.round(options.burst / tookSeconds),
      stepMs: spread(stepsMs.slice(warmUps)),
    }
  } finally {
    await DBOS.shutdown()
  }
}
