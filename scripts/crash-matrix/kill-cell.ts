import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { uploadSermon } from '#harness/upload-sermon.ts'
import { editChapters } from '#lib/chapters/edit-chapters.ts'
import { readEditableChapters } from '#lib/chapters/read-chapters.ts'
import { requestClip } from '#lib/clips/request-clip.ts'
import { requestCut } from '#lib/cuts/request-cut.ts'
import { requestProposal } from '#lib/cuts/request-proposal.ts'
import { reprocessSermon } from '#lib/sermons/reprocess-sermon.ts'
import { compareFacts } from './compare-facts.ts'
import type { Recording } from './cut-recording.ts'
import { findNewLeftovers } from './find-leftovers.ts'
import type { Installation } from './installation.ts'
import type { Cell, MatrixStep, Request } from './list-cells.ts'
import { observe } from './observe-steps.ts'
import { describeOpen, type Facts, hasEnded, readFacts } from './read-facts.ts'

const endsWithinMs = 150_000
const momentWithinMs = 150_000
const exitsWithinMs = 30_000
const replacedWithinMs = 60_000
const pollMs = 50
/** The part that a cut keeps. */
const PART = { startMs: 1000, endMs: 12_000 }

export type CellResult = {
  step: string
  target: string
  moment: string
  ok: boolean
  /** Whether the process was killed while the step was running. Otherwise the cell tests nothing and is not ok. */
  landed: boolean
  /** From the kill until all work on the sermon had ended. */
  recoveredMs: number
  problems: string[]
}

/** A sermon that the matrix has created. */
export type CreatedSermon = { sermonId: string; churchId: string }

/** Processes a sermon without a crash and reads its facts, with which those of every other sermon are compared. */
export async function readExpectedFacts(
  installation: Installation,
  recording: Recording,
  kind: Pick<MatrixStep, 'words' | 'request'>,
  { withinMs }: { withinMs?: number } = {},
): Promise<Facts> {
  const title = sermonTitle()
  const made = await upload(installation, recording, { ...kind, title })
  await waitForEnd(installation, made, withinMs)
  if (kind.request !== 'upload') {
    await requestLater(installation, made, kind.request)
    await waitForEnd(installation, made)
  }
  return readFacts(installation.services, made)
}

/** Kills one process at one step of a new sermon, and compares the sermon with one that had no crash. */
export async function killCell(
  installation: Installation,
  recording: Recording,
  { cell, expected, known }: { cell: Cell; expected: Facts; known: Set<string> },
): Promise<CellResult> {
  const { services, retry } = installation
  await installation.waitUntilHealthy()
  const title = sermonTitle()
  const { request } = cell
  const before = request === 'upload' ? undefined : await upload(installation, recording, { ...cell, title })
  if (before) await waitForEnd(installation, before)

  const observer = await observe(installation, { ...cell, step: cell.recorded, title })
  try {
    // The process is killed during the following steps, when the new sermon has been uploaded.
    const killing = killProcess(installation, cell, observer)
    killing.catch(() => {})
    const made = before ?? (await upload(installation, recording, { ...cell, title }))
    if (request !== 'upload') await requestLater(installation, made, request)
    const { killedAtMs, pid } = await killing
    await waitForEnd(installation, made)
    const recoveredMs = Date.now() - killedAtMs
    await waitForReplacement(installation, cell, pid)
    const landed = await retry(() => wasRunning(installation, made, cell.recorded, killedAtMs))
    const found = await retry(() => readFacts(services, made))
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

/** Returns a title. All have the same length, because titles are stored in the files that are compared. */
export function sermonTitle(): string {
  return `Sermon ${crypto.randomUUID()}`
}

function nameOf({ step, target, moment }: Cell) {
  return { step, target, moment }
}

/** Uploads the recording as a new sermon, with its captions or its text when the words are supplied. */
export async function upload(
  { services, churchId }: Installation,
  recording: Recording,
  { title, words }: Pick<MatrixStep, 'words'> & { title: string },
): Promise<CreatedSermon> {
  const sermonId = await uploadSermon(services, {
    churchId,
    title,
    filePath: recording.audioFile,
    ...(words === 'supplied' ? { transcriptFile: recording.captionsFile } : {}),
    ...(words === 'untimed' ? { transcriptFile: recording.textFile } : {}),
  })
  return { sermonId, churchId }
}

/** Requests more work on a finished sermon. All sermons get the same request, so that they can be compared. */
async function requestLater(
  { services }: Installation,
  made: CreatedSermon,
  request: Exclude<Request, 'upload'>,
): Promise<void> {
  switch (request) {
    case 'again':
      await reprocessSermon(services, { ...made, redo: ['index'] })
      return
    case 'clip':
      // Of audio: the artwork in a video is drawn from the title, which differs between the sermons.
      await requestClip(services, {
        ...{ ...made, actorId: crypto.randomUUID(), shape: 'audio' },
        span: { startMs: 0, endMs: PART.endMs },
      })
      return
    case 'cut':
      return requestCut(services, { ...made, actorId: null }, PART)
    case 'proposal':
      return requestProposal(services, made)
    case 'chapters': {
      const { revision } = await readEditableChapters(services, made)
      await editChapters(services, made, { revision, chapters: [{ title: 'Later', startMs: PART.startMs }] })
    }
  }
}

/** Waits until another process has replaced the killed one and every service answers. */
async function waitForReplacement(installation: Installation, { target }: Cell, pid: number): Promise<void> {
  const deadlineMs = performance.now() + replacedWithinMs
  while (target !== 'worker' && [undefined, pid].includes(installation.pidOf(target))) {
    if (performance.now() > deadlineMs) throw new Error(`The ${target} was not started again`)
    await delay(pollMs)
  }
  await installation.waitUntilHealthy()
}

/** Kills the process at the given moment of the step. */
async function killProcess(
  installation: Installation,
  { target }: Cell,
  observer: Awaited<ReturnType<typeof observe>>,
): Promise<{ killedAtMs: number; pid: number }> {
  const service = target === 'worker' ? undefined : installation.pidOf(target)
  if (target !== 'worker' && service === undefined) throw new Error(`There is no process of the ${target}`)
  const workerPid = await observer
    .waitForMoment(AbortSignal.timeout(momentWithinMs))
    .catch((cause: unknown) => {
      throw new Error('The step was never reached', { cause })
    })
  const pid = service ?? workerPid
  process.kill(pid, 'SIGKILL')
  const killedAtMs = Date.now()
  // The workers of an engine end with it.
  const endsWorker = target === 'worker' || target === 'engine'
  await waitForExit(pid)
  if (endsWorker) await waitForExit(workerPid)
  await observer.release(endsWorker ? 'lost' : 'kept')
  return { killedAtMs, pid }
}

/** Waits until a killed process has ended. */
export async function waitForExit(pid: number): Promise<void> {
  const deadlineMs = performance.now() + exitsWithinMs
  while (isAlive(pid)) {
    if (performance.now() > deadlineMs) throw new Error(`Process ${pid} still runs although it was killed`)
    await delay(1)
  }
}

function isAlive(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // An ended process may still be listed as a zombie. Its state is the letter after the name in parentheses.
    return !['Z', 'X'].includes(status.charAt(status.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}

/** Waits until all work on a sermon has ended. Throws with the open work when that takes longer than `withinMs`. */
export async function waitForEnd(
  { services, retry }: Installation,
  { sermonId }: CreatedSermon,
  withinMs: number = endsWithinMs,
): Promise<void> {
  const deadlineMs = performance.now() + withinMs
  while (!(await retry(() => hasEnded(services, sermonId)))) {
    if (performance.now() > deadlineMs) {
      const open = await retry(() => describeOpen(services, sermonId))
      throw new Error(`After ${withinMs / 1000} s some work has not ended: ${open}`)
    }
    await delay(pollMs)
  }
}

const runningSchema = z.object({ running: z.boolean() })

/** Whether the step was running at that time, according to the history in the database. */
async function wasRunning(
  { services }: Installation,
  { sermonId }: CreatedSermon,
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
