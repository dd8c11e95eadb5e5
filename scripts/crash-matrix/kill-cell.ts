import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { uploadSermon } from '#harness/upload-sermon.ts'
import { reprocessSermon } from '#lib/sermons/reprocess-sermon.ts'
import { compareFacts } from './compare-facts.ts'
import type { Recording } from './cut-recording.ts'
import { findNewLeftovers } from './find-leftovers.ts'
import type { Installation } from './installation.ts'
import type { Cell, MatrixStep } from './list-cells.ts'
import { observe } from './observe-steps.ts'
import { describeOpen, type Facts, isSettled, readFacts } from './read-facts.ts'

const settledWithinMs = 150_000
const momentWithinMs = 150_000
const goneWithinMs = 30_000
const replacedWithinMs = 60_000
const pollMs = 50

export type CellResult = {
  step: string
  target: string
  moment: string
  ok: boolean
  /** Whether the process died while the step was running. Otherwise a cell shows nothing and is not ok. */
  landed: boolean
  /** From the kill until all work on the sermon had ended. */
  recoveredMs: number
  problems: string[]
}

/** A sermon that the matrix has made. */
export type Made = { sermonId: string; churchId: string }

/** Processes a sermon without a crash: the result that every other sermon is compared with. */
export async function readUndisturbed(
  installation: Installation,
  recording: Recording,
  kind: Pick<MatrixStep, 'words' | 'again'>,
  { withinMs }: { withinMs?: number } = {},
): Promise<Facts> {
  const title = sermonTitle()
  const made = await upload(installation, recording, { ...kind, title })
  await untilSettled(installation, made, withinMs)
  if (kind.again) {
    await requestAgain(installation, made)
    await untilSettled(installation, made)
  }
  return readFacts(installation.services, made)
}

/** Kills one process at one step of a new sermon, and compares the sermon with one that had no crash. */
export async function killCell(
  installation: Installation,
  recording: Recording,
  { cell, expected, known }: { cell: Cell; expected: Facts; known: Set<string> },
): Promise<CellResult> {
  const { services, patiently } = installation
  await installation.untilHealthy()
  const title = sermonTitle()
  const before = cell.again ? await upload(installation, recording, { ...cell, title }) : undefined
  if (before) await untilSettled(installation, before)

  const observer = await observe(installation, { ...cell, title })
  try {
    // The process is killed while the following runs: a new sermon is uploaded by then.
    const killing = killProcess(installation, cell, observer)
    killing.catch(() => {})
    const made = before ?? (await upload(installation, recording, { ...cell, title }))
    if (before) await requestAgain(installation, before)
    const { killedAtMs, pid } = await killing
    await untilSettled(installation, made)
    const recoveredMs = Date.now() - killedAtMs
    await untilReplaced(installation, cell, pid)
    const landed = await patiently(() => wasRunning(installation, made, cell.step, killedAtMs))
    const found = await patiently(() => readFacts(services, made))
    const problems = [
      ...(landed ? [] : ['the step was not running when the process died']),
      ...compareFacts(found, expected),
      ...(await findNewLeftovers(installation, known)),
    ]
    return { ...nameOf(cell), ok: problems.length === 0, landed, recoveredMs, problems }
  } finally {
    await observer.release('kept')
    await observer.stop()
  }
}

/** Always of one length, because titles are stored in the files that are compared. */
export function sermonTitle(): string {
  return `Sermon ${crypto.randomUUID()}`
}

function nameOf({ step, target, moment }: Cell) {
  return { step, target, moment }
}

/** Uploads the recording as a new sermon, with its captions where the words are supplied. */
export async function upload(
  { services, churchId }: Installation,
  recording: Recording,
  { title, words }: Pick<MatrixStep, 'words'> & { title: string },
): Promise<Made> {
  const sermonId = await uploadSermon(services, {
    churchId,
    title,
    filePath: recording.audioFile,
    ...(words === 'supplied' ? { transcriptFile: recording.captionsFile } : {}),
  })
  return { sermonId, churchId }
}

async function requestAgain({ services }: Installation, made: Made): Promise<void> {
  await reprocessSermon(services, { ...made, redo: ['index'] })
}

/** Waits until another process has replaced the one that was killed, and every service answers. */
async function untilReplaced(installation: Installation, { target }: Cell, pid: number): Promise<void> {
  const deadlineMs = performance.now() + replacedWithinMs
  while (target !== 'worker' && [undefined, pid].includes(installation.pidOf(target))) {
    if (performance.now() > deadlineMs) throw new Error(`The ${target} was not started again`)
    await delay(pollMs)
  }
  await installation.untilHealthy()
}

/** Kills the process when the step's moment has come. */
async function killProcess(
  installation: Installation,
  { target }: Cell,
  observer: Awaited<ReturnType<typeof observe>>,
): Promise<{ killedAtMs: number; pid: number }> {
  const service = target === 'worker' ? undefined : installation.pidOf(target)
  if (target !== 'worker' && service === undefined) throw new Error(`There is no process of the ${target}`)
  const workerPid = await observer
    .untilMoment(AbortSignal.timeout(momentWithinMs))
    .catch((cause: unknown) => {
      throw new Error('The step was never reached', { cause })
    })
  const pid = service ?? workerPid
  process.kill(pid, 'SIGKILL')
  const killedAtMs = Date.now()
  // The workers of an engine end with it.
  const takesWorker = target === 'worker' || target === 'engine'
  await untilGone(pid)
  if (takesWorker) await untilGone(workerPid)
  await observer.release(takesWorker ? 'lost' : 'kept')
  return { killedAtMs, pid }
}

/** Waits until a killed process has ended. */
export async function untilGone(pid: number): Promise<void> {
  const deadlineMs = performance.now() + goneWithinMs
  while (isAlive(pid)) {
    if (performance.now() > deadlineMs) throw new Error(`Process ${pid} still runs although it was killed`)
    await delay(1)
  }
}

function isAlive(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // A dead process may not be collected yet. Its state follows the name in brackets.
    return !['Z', 'X'].includes(status.charAt(status.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}

/** Waits until all work on a sermon has ended. Throws with the open work when that takes longer than `withinMs`. */
export async function untilSettled(
  { services, patiently }: Installation,
  { sermonId }: Made,
  withinMs: number = settledWithinMs,
): Promise<void> {
  const deadlineMs = performance.now() + withinMs
  while (!(await patiently(() => isSettled(services, sermonId)))) {
    if (performance.now() > deadlineMs) {
      const open = await patiently(() => describeOpen(services, sermonId))
      throw new Error(`After ${withinMs / 1000} s some work has not ended: ${open}`)
    }
    await delay(pollMs)
  }
}

const runningSchema = z.object({ running: z.boolean() })

/** Whether the step had begun and not ended at that time, as the database logged it. */
async function wasRunning(
  { services }: Installation,
  { sermonId }: Made,
  step: string,
  atMs: number,
): Promise<boolean> {
  const at = new Date(atMs).toISOString()
  const { rows } = await services.db.execute(sql`
    select coalesce((
      select status from crash_matrix.history
      where sermon_id = ${sermonId} and step = ${step} and at <= ${at}::timestamptz order by id desc limit 1
    ), '') = 'running' as running`)
  return runningSchema.parse(rows[0]).running
}
