import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { and, eq } from 'drizzle-orm'
import { findMediaProcesses } from '#harness/find-media-processes.ts'
import { makeWav } from '#harness/media/make-wav.ts'
import type { TestPlatform } from '#harness/start-test-platform.ts'
import { uploadSermon } from '#harness/upload-sermon.ts'
import { runSteps, runs } from '#lib/db/schema.ts'

/** Uploads a recording that takes some seconds to encode, with a transcript; returns the sermon's id. */
export async function uploadLongSermon({ services, churchId, engine }: TestPlatform): Promise<string> {
  const recording = path.join(engine.directory, 'long.wav')
  const transcriptFile = path.join(engine.directory, 'long.vtt')
  await writeFile(recording, makeWav({ durationMs: 10 * 60_000 }))
  await writeFile(transcriptFile, 'WEBVTT\n\n00:01.000 --> 00:04.000\nIn the beginning was the word.\n')
  return uploadSermon(services, { churchId, filePath: recording, transcriptFile })
}

/**
 * Waits until encoding is the only running work of a sermon; returns the run that encodes. Uploads
 * a long recording first unless a sermon is given.
 */
export async function waitForEncoding(
  platform: TestPlatform,
  sermon?: { sermonId: string },
): Promise<{ sermonId: string; runId: string }> {
  const { services, engine } = platform
  const sermonId = sermon?.sermonId ?? (await uploadLongSermon(platform))
  for (;;) {
    const step = await readStep(platform, { sermonId, name: 'encode' })
    // Reading the transcript also runs a media process, which finds pauses.
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

/** Waits until a step of the sermon is running; returns the run that executes it. */
export async function waitForStep(
  platform: TestPlatform,
  step: { sermonId: string; name: string },
): Promise<{ runId: string }> {
  for (;;) {
    const found = await readStep(platform, step)
    if (found?.status === 'running') return found
    if (found) throw new Error(`The step ${step.name} is ${found.status} already`)
    await delay(5)
  }
}

/** Reads the record of a step of the sermon; undefined before it begins. */
export async function readStep(
  { services }: TestPlatform,
  { sermonId, name }: { sermonId: string; name: string },
): Promise<typeof runSteps.$inferSelect | undefined> {
  const [step] = await services.db
    .select()
    .from(runSteps)
    .where(and(eq(runSteps.sermonId, sermonId), eq(runSteps.name, name)))
  return step
}
