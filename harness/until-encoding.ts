import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { findMediaProcesses } from '#harness/find-media-processes.ts'
import { makeWav } from '#harness/media/make-wav.ts'
import type { TestPlatform } from '#harness/start-test-platform.ts'
import { uploadSermon } from '#harness/upload-sermon.ts'
import { runSteps, runs } from '#lib/db/schema.ts'

/**
 * Takes in a recording that is long enough to be still in work when somebody reacts to it, and waits until
 * encoding it is all that still goes on; returns the sermon and the run that does it.
 */
export async function untilEncoding(platform: TestPlatform): Promise<{ sermonId: string; runId: string }> {
  const { services, churchId, engine } = platform
  const recording = path.join(engine.directory, 'long.wav')
  const transcriptFile = path.join(engine.directory, 'long.txt')
  await writeFile(recording, makeWav({ durationMs: 10 * 60_000 }))
  await writeFile(transcriptFile, 'In the beginning was the word.')
  const sermonId = await uploadSermon(services, { churchId, filePath: recording, transcriptFile })
  for (;;) {
    const [step] = await services.db
      .select()
      .from(runSteps)
      .where(and(eq(runSteps.sermonId, sermonId), eq(runSteps.name, 'encode')))
    // Reading the transcript looks for pauses, with a process and a folder of its own.
    const [reading] = await services.db
      .select()
      .from(runs)
      .where(and(eq(runs.sermonId, sermonId), eq(runs.taskId, 'read-transcript')))
    const isAlone = reading?.status === 'completed'
    if (step?.status === 'running' && isAlone && (await findMediaProcesses(engine.directory)).length > 0)
      return { sermonId, runId: step.runId }
    if (step && step.status !== 'running') throw new Error(`Encoding is ${step.status} already`)
    await delay(20)
  }
}
