/**
 * `npm run bench -- cancel [--json]`: how long after a person cancels the preparing of a recording the
 * process that encodes it is gone, in the embedded job engine with the product's own tasks. Linux only (it
 * reads /proc).
 */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { runSteps } from '#lib/db/schema.ts'
import { findMediaProcesses } from '#test/find-media-processes.ts'
import { makeWav } from '#test/media/make-wav.ts'
import { startTestPlatform, type TestPlatform } from '#test/start-test-platform.ts'
import { untilSettled, uploadSermon } from '#test/upload-sermon.ts'
import { spread } from '../measure/percentiles.ts'

const times = 11

/** Waits until the recording is being encoded; returns the run that does it. */
async function untilEncoding({ services, engine }: TestPlatform, sermonId: string): Promise<string> {
  for (;;) {
    const [step] = await services.db
      .select()
      .from(runSteps)
      .where(and(eq(runSteps.sermonId, sermonId), eq(runSteps.name, 'encode')))
    if (step?.status === 'running' && (await findMediaProcesses(engine.directory)).length > 0)
      return step.runId
    await delay(20)
  }
}

async function measureOnce(platform: TestPlatform, recording: string): Promise<number> {
  const { services, churchId, engine, jobs } = platform
  const transcriptFile = path.join(engine.directory, 'words.txt')
  await writeFile(transcriptFile, 'In the beginning was the word.')
  const sermonId = await uploadSermon(services, { churchId, filePath: recording, transcriptFile })
  const runId = await untilEncoding(platform, sermonId)
  const askedAt = performance.now()
  const asking = jobs.cancel(runId)
  while ((await findMediaProcesses(engine.directory)).length > 0) await delay(2)
  const goneAfterMs = performance.now() - askedAt
  await asking
  await untilSettled(services, { sermonId, churchId })
  return goneAfterMs
}

const platform = await startTestPlatform()
try {
  const recording = path.join(platform.engine.directory, 'long.wav')
  await writeFile(recording, makeWav({ durationMs: 10 * 60_000 }))
  const measured: number[] = []
  for (let time = 0; time < times; time += 1) measured.push(await measureOnce(platform, recording))
  const goneAfterMs = spread(measured)
  console.log(
    process.argv.includes('--json')
      ? JSON.stringify({ times, goneAfterMs }, null, 2)
      : `Cancelled while it encodes, ${times} times: the process is gone after ${goneAfterMs.p50} ms (p50), ${goneAfterMs.p95} ms (p95).`,
  )
} finally {
  await platform.stop()
}
process.exit(0)
