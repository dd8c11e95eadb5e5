import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeWav } from '#harness/media/make-wav.ts'
import { findRecogniser } from '#lib/transcripts/find-recogniser.ts'
import { cutRecording, type Recording } from './cut-recording.ts'
import { type Installation, startInstallation } from './installation.ts'
import { type CellResult, killCell, readUndisturbed } from './kill-cell.ts'
import { killAfterProgress, killWithoutProgress, type RepeatedKill } from './kill-repeatedly.ts'
import type { Cell, Target, Words } from './list-cells.ts'
import type { Facts } from './read-facts.ts'
import { serveSpeech } from './serve-speech.ts'

/**
 * The supervisor waits longer each time before it restarts a service that keeps dying: 2 s after the fourth time.
 * The matrix does not test that, so a service is killed at most this often before a new installation is started.
 */
const mostKillsPerService = 4

/** Both end in a pause between sentences. A recogniser is slow, so it gets one sentence. */
const lengthMs: Record<Words, number> = { supplied: 22_400, heard: 6_000 }

/** What is killed more than once: a recording of this length, or the short one of the cells. */
export type Repeated = { kill: RepeatedKill; recording: 'long' | 'short' }
const momentNames: Record<RepeatedKill, string> = {
  progress: '5 kills, each after a finished step',
  'no-progress': '3 kills without a finished step',
}
const longMs = 60 * 60_000
const longSettledWithinMs = 15 * 60_000

type Options = { repeated?: readonly Repeated[]; say?: (line: string) => void; signal?: AbortSignal }

/**
 * Tests the cells, then the repeated kills, on real installations, each with its own data, started as a user
 * starts Selah. A test that fails ends its installation, so that it cannot spoil the next. The pages must have
 * been built. Aborting stops what was started and rejects with the signal's reason.
 */
export async function runMatrix(
  cells: readonly Cell[],
  { repeated = [], say = () => {}, signal }: Options = {},
): Promise<CellResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'crash-matrix-'))
  try {
    const supplied = await cutRecording(path.join(folder, 'supplied'), lengthMs.supplied)
    const recordings: Recordings = {
      supplied,
      heard: await cutRecording(path.join(folder, 'heard'), lengthMs.heard),
      long: { ...supplied, audioFile: path.join(folder, 'long.wav') },
    }
    if (repeated.some(({ recording }) => recording === 'long')) {
      await writeFile(recordings.long.audioFile, makeWav({ durationMs: longMs }))
    }
    const speech = (await findRecogniser()) ? undefined : await serveSpeech(recordings.heard.words)
    const env = speech ? { DEEPGRAM_API_KEY: 'key-of-the-matrix', DEEPGRAM_BASE_URL: speech.url } : {}
    try {
      return await testAll(
        [
          ...cells.map((cell) => planCell(cell, recordings)),
          ...repeated.map((each) => planRepeated(each, recordings)),
        ],
        { folder, env, say, signal },
      )
    } finally {
      await speech?.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Recordings = Record<Words | 'long', Recording>

/** One test of the matrix. */
type Plan = {
  name: Pick<CellResult, 'step' | 'target' | 'moment'>
  /** The service that is killed, when it is not a worker. */
  service: Exclude<Target, 'worker'> | undefined
  /** Names the sermon without a crash to compare with; tests with the same name share it. */
  expected: { name: string; read: (place: Installation) => Promise<Facts> } | undefined
  test(place: Installation, input: { expected: Facts; known: Set<string> }): Promise<CellResult>
}

function planCell(cell: Cell, recordings: Recordings): Plan {
  const { step, target, moment, words, again } = cell
  return {
    name: { step, target, moment },
    service: target === 'worker' ? undefined : target,
    expected: {
      name: `${words}/${again}`,
      read: (place) => readUndisturbed(place, recordings[words], { words, again }),
    },
    test: (place, input) => killCell(place, recordings[words], { cell, ...input }),
  }
}

function planRepeated({ kill, recording: length }: Repeated, recordings: Recordings): Plan {
  const recording = length === 'long' ? recordings.long : recordings.supplied
  const name = { step: `${length} recording`, target: 'worker', moment: momentNames[kill] }
  const common = { name, service: undefined }
  if (kill === 'no-progress') {
    return {
      ...common,
      expected: undefined,
      test: async (place, { known }) => ({
        ...name,
        ...(await killWithoutProgress(place, { recording, known })),
      }),
    }
  }
  const kind = { words: 'supplied' as const, again: false }
  return {
    ...common,
    expected: {
      name: length === 'long' ? 'long' : `${kind.words}/${kind.again}`,
      read: (place) => readUndisturbed(place, recording, kind, { withinMs: longSettledWithinMs }),
    },
    test: async (place, input) => ({
      ...name,
      ...(await killAfterProgress(place, { recording, ...input })),
    }),
  }
}

type Means = {
  folder: string
  env: Record<string, string>
  say: (line: string) => void
  signal: AbortSignal | undefined
}

async function testAll(plans: readonly Plan[], { folder, env, say, signal }: Means): Promise<CellResult[]> {
  const results: CellResult[] = []
  const undisturbed = new Map<string, Facts>()
  let starts = 0
  let installation: Installation | undefined
  let kills: Partial<Record<Target, number>> = {}
  let known = new Set<string>()

  const aborted = Promise.withResolvers<never>()
  aborted.promise.catch(() => {})
  signal?.addEventListener('abort', () => aborted.reject(signal.reason), { once: true })
  const isWornOut = ({ service }: Plan) =>
    service !== undefined && (kills[service] ?? 0) >= mostKillsPerService
  const leave = async () => {
    await installation?.stop()
    installation = undefined
  }
  const enter = async () => {
    if (installation) return installation
    starts += 1
    kills = {}
    known = new Set()
    installation = await startInstallation({ folder: path.join(folder, String(starts)), env })
    return installation
  }
  const expectedOf = async (place: Installation, { expected }: Plan): Promise<Facts> => {
    if (!expected) return {}
    const facts = undisturbed.get(expected.name) ?? (await expected.read(place))
    undisturbed.set(expected.name, facts)
    return facts
  }

  try {
    for (const [index, plan] of plans.entries()) {
      if (isWornOut(plan)) await leave()
      signal?.throwIfAborted()
      const place = await enter()
      if (plan.service) kills[plan.service] = (kills[plan.service] ?? 0) + 1
      const startedMs = performance.now()
      const tested = expectedOf(place, plan)
        .then((expected) => plan.test(place, { expected, known }))
        .catch((error: unknown) => failed(plan, error))
      const result = await Promise.race([tested, aborted.promise])
      results.push(result)
      const tookSeconds = ((performance.now() - startedMs) / 1000).toFixed(1)
      say(`${index + 1}/${plans.length} (${tookSeconds} s) ${inWords(result)}`)
      if (!result.ok) await leave()
    }
  } finally {
    await leave()
  }
  return results
}

function failed({ name }: Plan, error: unknown): CellResult {
  const message = error instanceof Error ? error.message : String(error)
  return { ...name, ok: false, landed: false, recoveredMs: 0, problems: [message] }
}

function inWords({ step, target, moment, ok, recoveredMs, problems }: CellResult): string {
  const name = `${step} (${moment}), ${target} killed`
  return ok ? `${name}: ok after ${(recoveredMs / 1000).toFixed(1)} s` : `${name}: ${problems.join('; ')}`
}
