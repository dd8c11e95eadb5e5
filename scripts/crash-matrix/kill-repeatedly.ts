import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { compareFacts } from './compare-facts.ts'
import type { Recording } from './cut-recording.ts'
import { findNewLeftovers } from './find-leftovers.ts'
import type { Installation } from './installation.ts'
import {
  type CellResult,
  type CreatedSermon,
  sermonTitle,
  upload,
  waitForEnd,
  waitForExit,
} from './kill-cell.ts'
import { observe } from './observe-steps.ts'
import { type Facts, readFacts } from './read-facts.ts'

/**
 * Repeated kills. `progress`: a request is killed five times, each time after another step
 * has finished, and completes. `no-progress`: a run is killed three times without a finished step, and ends.
 */
export const repeatedKills = ['progress', 'no-progress'] as const
export type RepeatedKill = (typeof repeatedKills)[number]

/** Each of these steps begins after a step that had not finished at the previous kill. */
const killedAtSteps = ['media/measure', 'media/level', 'media/encode', 'media/make-playable', 'index/plan']
const stuckStep = 'media/probe'
const stuckKills = 3
const momentWithinMs = 15 * 60_000
const endsWithinMs = 15 * 60_000
const restartedWithinMs = 60_000
const pollMs = 20

type Killing = { recording: Recording; known: Set<string> }
type Result = Omit<CellResult, 'step' | 'target' | 'moment'>

/**
 * Kills the worker of a request and the worker of the step that it waits for, five times. Both must resume after
 * every kill, record every attempt, and complete the sermon as if there had been no crash.
 */
export async function killAfterProgress(
  installation: Installation,
  { recording, known, expected }: Killing & { expected: Facts },
): Promise<Result> {
  await installation.waitUntilHealthy()
  const title = sermonTitle()
  const { made, killedAtMs } = await killAtSteps(installation, {
    recording,
    title,
    steps: killedAtSteps,
    alsoRoot: true,
  })
  await waitForEnd(installation, made, endsWithinMs)
  const recoveredMs = Date.now() - killedAtMs
  const found = await installation.retry(() => readAttempts(installation, made, 'process-sermon'))
  const lost = killedAtSteps.map(() => 'crashed AttemptLost')
  const problems = [
    ...compareFacts(await installation.retry(() => readFacts(installation.services, made)), expected),
    ...compareFacts(found, {
      'counted attempts': 1,
      outcomes: [...killedAtSteps.map(() => 'retry'), 'succeeded'],
      recorded: [...lost, 'completed'],
      status: 'COMPLETED',
    }),
    ...(await findNewLeftovers(installation, known)),
  ]
  return { ok: problems.length === 0, landed: true, recoveredMs, problems }
}

/** Kills the worker of a run three times at its first step. The run must end, with one dead letter. */
export async function killWithoutProgress(
  installation: Installation,
  { recording, known }: Killing,
): Promise<Result> {
  await installation.waitUntilHealthy()
  const title = sermonTitle()
  const { made, killedAtMs } = await killAtSteps(installation, {
    recording,
    title,
    steps: Array.from({ length: stuckKills }, () => stuckStep),
    alsoRoot: false,
  })
  await waitForEnd(installation, made, endsWithinMs)
  const recoveredMs = Date.now() - killedAtMs
  await waitForDeadLetter(installation, made)
  const found = await installation.retry(() => readAttempts(installation, made, 'prepare-media'))
  const problems = [
    ...compareFacts(found, {
      'counted attempts': stuckKills,
      outcomes: ['retry', 'retry', 'failed'],
      recorded: ['crashed AttemptLost', 'crashed AttemptLost', 'crashed Error'],
      status: 'CRASHED',
    }),
    ...(await findNewLeftovers(installation, known)),
  ]
  return { ok: problems.length === 0, landed: true, recoveredMs, problems }
}

/** Uploads a sermon and kills the worker of each step in turn when the step begins. */
async function killAtSteps(
  installation: Installation,
  input: { recording: Recording; title: string; steps: readonly string[]; alsoRoot: boolean },
): Promise<{ made: CreatedSermon; killedAtMs: number }> {
  const { recording, title, steps, alsoRoot } = input
  let made: CreatedSermon | undefined
  let killedAtMs = 0
  for (const step of steps) {
    const observer = await observe(installation, { title, step, moment: 'begin' })
    try {
      made ??= await upload(installation, recording, { title, words: 'supplied' })
      const pid = await observer
        .waitForMoment(AbortSignal.timeout(momentWithinMs))
        .catch((cause: unknown) => {
          throw new Error(`The step ${step} was never reached`, { cause })
        })
      await kill(pid)
      killedAtMs = Date.now()
      // Released now, because the completion of a short step blocks every other client of the database.
      await observer.release('lost')
      if (alsoRoot) await kill(await waitForWorker(installation, made, 'process-sermon'))
    } finally {
      await observer.release('kept')
      await observer.stop()
    }
  }
  if (!made) throw new Error('No step was named')
  return { made, killedAtMs }
}

async function kill(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL')
  await waitForExit(pid)
}

const workerSchema = z.object({ pid: z.number() })

/**
 * Waits for and returns the process that executes the sermon's run of this task. It has recorded its attempt: one that is
 * killed before it could do so is known to the engine only.
 */
async function waitForWorker(
  { services, retry }: Installation,
  { sermonId }: CreatedSermon,
  taskId: string,
): Promise<number> {
  const deadlineMs = performance.now() + restartedWithinMs
  for (;;) {
    const { rows } = await retry(() =>
      services.db.execute(sql`
        select attempts.pid from engine.attempts join engine.runs on runs.id = attempts.run_id
        where runs.tags @> array[${`sermon_${sermonId}`}] and runs.task_id = ${taskId}
          and attempts.ended_at is null and attempts.pid is not null
          and (select count(*) from public.run_attempts where run_id = runs.id)
            = (select count(*) from engine.attempts where run_id = runs.id)`),
    )
    const worker = workerSchema.safeParse(rows[0])
    if (worker.success) return worker.data.pid
    if (performance.now() > deadlineMs) throw new Error(`The run of ${taskId} was not started again`)
    await delay(pollMs)
  }
}

/** Reads the attempts of the sermon's run of a task, as recorded by the engine and by the product. */
async function readAttempts({ services: { db } }: Installation, { sermonId }: CreatedSermon, taskId: string) {
  const { rows } = await db.execute(sql`
    select runs.status, runs.attempt_count as "counted attempts",
      (select json_agg(outcome order by id) from engine.attempts where run_id = runs.id) as outcomes,
      (select json_agg(trim(status || ' ' || coalesce(error ->> 'name', '')) order by attempt)
        from public.run_attempts where run_id = runs.id) as recorded
    from engine.runs where tags @> array[${`sermon_${sermonId}`}] and task_id = ${taskId}`)
  return z.record(z.string(), z.unknown()).parse(rows[0])
}

const countSchema = z.object({ deadLetters: z.number() })

async function waitForDeadLetter(
  { services, retry }: Installation,
  { sermonId }: CreatedSermon,
): Promise<void> {
  const deadlineMs = performance.now() + endsWithinMs
  for (;;) {
    const { rows } = await retry(() =>
      services.db.execute(
        sql`select count(*)::int as "deadLetters" from dead_letters where sermon_id = ${sermonId} and state = 'open'`,
      ),
    )
    if (countSchema.parse(rows[0]).deadLetters === 1) return
    if (performance.now() > deadlineMs) throw new Error('The crashed run has no dead letter')
    await delay(pollMs)
  }
}
