import { PgBoss } from 'pg-boss'

import type { Measured } from './measure-engine.ts'
import { spread } from './percentiles.ts'

/**
 * Measures pg-boss on the same database, configured for the fastest start: a worker in this process that
 * is notified of new jobs. Its handlers are plain functions, without a process of their own.
 */
export async function measurePgBoss(options: {
  connectionString: string
  samples: number
  burst: number
}): Promise<Measured> {
  const boss = new PgBoss({
    connectionString: options.connectionString,
    schema: 'bench_pgboss',
    max: 4,
    schedule: false,
    useListenNotify: true,
  })
  boss.on('error', () => {})
  await boss.start()
  try {
    await boss.createQueue('starts', { notify: true })
    let onStart: (startedMs: number) => void = () => {}
    await boss.work('starts', { useListenNotify: true, pollingIntervalSeconds: 0.5 }, async () =>
      onStart(performance.now()),
    )
    const startMs: number[] = []
    for (let index = 0; index < options.samples + 5; index++) {
      const requestedAtMs = performance.now()
      const started = new Promise<number>((resolve) => {
        onStart = resolve
      })
      await boss.send('starts', {})
      const waitedMs = (await started) - requestedAtMs
      if (index >= 5) startMs.push(waitedMs)
    }
    await boss.offWork('starts')

    await boss.createQueue('burst')
    let done = 0
    let onDone: () => void = () => {}
    const finished = new Promise<void>((resolve) => {
      onDone = resolve
    })
    const startedMs = performance.now()
    await boss.insert(
      'burst',
      Array.from({ length: options.burst }, () => ({ data: {} })),
    )
    await boss.work(
      'burst',
      { batchSize: 20, burstWhenBatchFull: true, pollingIntervalSeconds: 0.5 },
      async (jobs) => {
        done += jobs.length
        if (done >= options.burst) onDone()
      },
    )
    await finished
    const tookSeconds = (performance.now() - startedMs) / 1000
    return { startMs: spread(startMs), runsPerSecond: Math.round(options.burst / tookSeconds) }
  } finally {
    await boss.stop({ graceful: false })
  }
}
