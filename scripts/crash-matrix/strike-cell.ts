import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { uploadSermon } from '#harness/upload-sermon.ts'
import { reprocessSermon } from '#lib/sermons/reprocess-sermon.ts'
import { compareFacts } from './compare-facts.ts'
import type { Recording } from './cut-recording.ts'
import { findLeftovers } from './find-leftovers.ts'
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
  /** Whether the process died while the step was running. Without that a cell shows nothing and is not ok. */
  landed: boolean
  /** From the blow until all work on the sermon had ended. */
  recoveredMs: number
  problems: string[]
}

type Made = { sermonId: string; churchId: string }

/** Takes a sermon through the whole pipeline without any disturbance: what all others have to be like. */
export async function readUndisturbed(
  installation: Installation,
  recording: Recording,
  kind: Pick<MatrixStep, 'words' | 'again'>,
): Promise<Facts> {
  const title = sermonTitle()
  const made = await upload(installation, recording, { ...kind, title })
  await untilSettled(installation, made)
  if (kind.again) {
    await askAgain(installation, made)
    await untilSettled(installation, made)
  }
  return readFacts(installation.services, made)
}

/** Kills one process at one step of a new sermon, and looks at what becomes of the sermon. */
export async function strikeCell(
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
    // The blow falls while this goes on; a sermon that is on its way in is uploaded when it falls.
    const striking = strike(installation, cell, observer)
    striking.catch(() => {})
    const made = before ?? (await upload(installation, recording, { ...cell, title }))
    if (before) await askAgain(installation, before)
    const { struckAtMs, pid } = await striking
    await untilSettled(installation, made)
    const recoveredMs = Date.now() - struckAtMs
    await untilReplaced(installation, cell, pid)
    const landed = await patiently(() => wasRunning(installation, made, cell.step, struckAtMs))
    const found = await patiently(() => readFacts(services, made))
    const leftovers = (await findLeftovers(installation)).filter((name) => !known.has(name))
    for (const name of leftovers) known.add(name)
    const problems = [
      ...(landed ? [] : ['the step was not running when the process died']),
      ...compareFacts(found, expected),
      ...leftovers.map((name) => `left behind: ${name}`),
    ]
    return { ...nameOf(cell), ok: problems.length === 0, landed, recoveredMs, problems }
  } finally {
    await observer.release('kept')
    await observer.stop()
  }
}

/** Always of one length, because titles are written into the files that are compared. */
function sermonTitle(): string {
  return `Sermon ${crypto.randomUUID()}`
}

function nameOf({ step, target, moment }: Cell) {
  return { step, target, moment }
}

async function upload(
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

async function askAgain({ services }: Installation, made: Made): Promise<void> {
  await reprocessSermon(services, { ...made, redo: ['index'] })
}

/** Waits until there is another process in place of the one that was killed, and everything answers. */
async function untilReplaced(installation: Installation, { target }: Cell, pid: number): Promise<void> {
  const deadlineMs = performance.now() + replacedWithinMs
  while (target !== 'worker' && [undefined, pid].includes(installation.pidOf(target))) {
    if (performance.now() > deadlineMs) throw new Error(`The ${target} was not started again`)
    await delay(pollMs)
  }
  await installation.untilHealthy()
}

/** Kills the process when the step's moment has come. */
async function strike(
  installation: Installation,
  { target }: Cell,
  observer: Awaited<ReturnType<typeof observe>>,
): Promise<{ struckAtMs: number; pid: number }> {
  const service = target === 'worker' ? undefined : installation.pidOf(target)
  if (target !== 'worker' && service === undefined) throw new Error(`There is no process of the ${target}`)
  const workerPid = await observer
    .untilMoment(AbortSignal.timeout(momentWithinMs))
    .catch((cause: unknown) => {
      throw new Error('The step was never reached', { cause })
    })
  const pid = service ?? workerPid
  process.kill(pid, 'SIGKILL')
  const struckAtMs = Date.now()
  // The engine takes its workers with it.
  const takesWorker = target === 'worker' || target === 'engine'
  await untilGone(pid)
  if (takesWorker) await untilGone(workerPid)
  await observer.release(takesWorker ? 'lost' : 'kept')
  return { struckAtMs, pid }
}

async function untilGone(pid: number): Promise<void> {
  const deadlineMs = performance.now() + goneWithinMs
  while (isAlive(pid)) {
    if (performance.now() > deadlineMs) throw new Error(`Process ${pid} goes on although it was killed`)
    await delay(1)
  }
}

function isAlive(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // A dead one may wait to be collected; its state follows the name in brackets.
    return !['Z', 'X'].includes(status.charAt(status.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}

async function untilSettled({ services, patiently }: Installation, { sermonId }: Made): Promise<void> {
  const deadlineMs = performance.now() + settledWithinMs
  while (!(await patiently(() => isSettled(services, sermonId)))) {
    if (performance.now() > deadlineMs) {
      const open = await patiently(() => describeOpen(services, sermonId))
      throw new Error(`After ${settledWithinMs / 1000} s there is still work under way: ${open}`)
    }
    await delay(pollMs)
  }
}

const runningSchema = z.object({ running: z.boolean() })

/** Whether the step had begun and not ended at that time, by the notes of the database. */
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
