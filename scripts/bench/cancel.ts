/**
 * `npm run bench -- cancel [--json]`: measures how long the encoding process runs after a person cancels the
 * preparation of a recording, in the embedded job engine with the product's own tasks. Linux only (it reads /proc).
 */
import { setTimeout as delay } from 'node:timers/promises'
import { findMediaProcesses } from '#harness/find-media-processes.ts'
import { startTestPlatform, type TestPlatform } from '#harness/start-test-platform.ts'
import { waitForProcessing } from '#harness/upload-sermon.ts'
import { waitForEncoding } from '#harness/wait-for-encoding.ts'
import { spread } from '../measure/percentiles.ts'

const times = 11

async function measureOnce(platform: TestPlatform): Promise<number> {
  const { services, churchId, engine, jobs } = platform
  const { sermonId, runId } = await waitForEncoding(platform)
  const requestedAt = performance.now()
  const cancelling = jobs.cancel(runId)
  while ((await findMediaProcesses(engine.directory)).length > 0) await delay(2)
  const goneAfterMs = performance.now() - requestedAt
  await cancelling
  await waitForProcessing(services, { sermonId, churchId })
  return goneAfterMs
}

const platform = await startTestPlatform()
try {
  const measured: number[] = []
  for (let time = 0; time < times; time += 1) measured.push(await measureOnce(platform))
  const goneAfterMs = spread(measured)
  console.log(
    process.argv.includes('--json')
      ? JSON.stringify({ times, goneAfterMs }, null, 2)
      : `Cancelled while it encodes, ${times} times: the process has ended after ${goneAfterMs.p50} ms (p50), ${goneAfterMs.p95} ms (p95).`,
  )
} finally {
  await platform.stop()
}
process.exit(0)
