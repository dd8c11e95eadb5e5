import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { makeWav } from '#harness/media/make-wav.ts'
import { findRecogniser } from '#lib/transcripts/find-recogniser.ts'
import { cutRecording, type Recording } from './cut-recording.ts'
import { type Installation, startInstallation } from './installation.ts'
import { type CellResult, killCell, readExpectedFacts } from './kill-cell.ts'
import { killAfterProgress, killWithoutProgress, type RepeatedKill } from './kill-repeatedly.ts'
import type { Cell, Target, Words } from './list-cells.ts'
import type { Facts } from './read-facts.ts'
import { serveSpeech } from './serve-speech.ts'

/**
 * The supervisor waits longer before each restart of a service that keeps failing: 2 s after the fourth time. The
 * matrix does not test this, so after this many kills of a service a new installation is started.
 */
const maxKillsPerService = 4

/** Both end in a pause between sentences. The recogniser is slow, so its recording has one sentence. */
const lengthMs = { supplied: 22_400, recognised: 6_000 }

/** A repeated kill, on a long recording or on the short one of the cells. */
export type Repeated = { kill: RepeatedKill; recording: 'long' | 'short' }
const momentNames: Record<RepeatedKill, string> = {
  progress: '5 kills, each after a finished step',
  'no-progress': '3 kills without a finished step',
}
const longMs = 60 * 60_000
const longEndsWithinMs = 15 * 60_000

type Options = { repeated?: readonly Repeated[]; print?: (line: string) => void; signal?: AbortSignal }

/**
 * Tests the cells, then the repeated kills, on real installations, each with its own data, started like
 * `npm start`. A failed test ends its installation, so that it does not affect the next test. The pages must have
 * been built. Aborting stops every process and rejects with the signal's reason.
 */
export async function runMatrix(
  cells: readonly Cell[],
  { repeated = [], print = () => {}, signal }: Options = {},
): Promise<CellResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'crash-matrix-'))
  try {
    const supplied = await cutRecording(path.join(folder, 'supplied'), lengthMs.supplied)
    const recognised = await cutRecording(path.join(folder, 'recognised'), lengthMs.recognised)
    const recordings: Recordings = {
      supplied,
      recognised,
      untimed: recognised,
      long: { ...supplied, audioFile: path.join(folder, 'long.wav') },
    }
    if (repeated.some(({ recording }) => recording === 'long')) {
      await writeFile(recordings.long.audioFile, makeWav({ durationMs: longMs }))
    }
    const speech = (await findRecogniser()) ? undefined : await serveSpeech(recordings.recognised.words)
    const env = speech ? { DEEPGRAM_API_KEY: 'key-of-the-matrix', DEEPGRAM_BASE_URL: speech.url } : {}
    try {
      return await testAll(
        [
          ...cells.map((cell) => planCell(cell, recordings)),
          ...repeated.map((each) => planRepeated(each, recordings)),
        ],
        { folder, env, print, signal },
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
  /** The service that is killed, unless it is a worker. */
  service: Exclude<Target, 'worker'> | undefined
  /** The sermon without a crash to compare with; tests with the same name share it. */
  expected: { name: string; read: (installation: Installation) => Promise<Facts> } | undefined
  test(installation: Installation, input: { expected: Facts; known: Set<string> }): Promise<CellResult>
}

function planCell(cell: Cell, recordings: Recordings): Plan {
  const { step, target, moment, words, request } = cell
  return {
    name: { step, target, moment },
    service: target === 'worker' ? undefined : target,
    expected: {
      name: `${words}/${request}`,
      read: (installation) => readExpectedFacts(installation, recordings[words], { words, request }),
    },
    test: (installation, input) => killCell(installation, recordings[words], { cell, ...input }),
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
      test: async (installation, { known }) => ({
        ...name,
        ...(await killWithoutProgress(installation, { recording, known })),
      }),
    }
  }
  const kind = { words: 'supplied' as const, request: 'upload' as const }
  return {
    ...common,
    expected: {
      name: length === 'long' ? 'long' : `${kind.words}/${kind.request}`,
      read: (installation) =>
        readExpectedFacts(installation, recording, kind, { withinMs: longEndsWithinMs }),
    },
    test: async (installation, input) => ({
      ...name,
      ...(await killAfterProgress(installation, { recording, ...input })),
    }),
  }
}

type TestContext = {
  folder: string
  env: Record<string, string>
  print: (line: string) => void
  signal: AbortSignal | undefined
}

async function testAll(
  plans: readonly Plan[],
  { folder, env, print, signal }: TestContext,
): Promise<CellResult[]> {
  const results: CellResult[] = []
  const expectedFacts = new Map<string, Facts>()
  let starts = 0
  let installation: Installation | undefined
  let kills: Partial<Record<Target, number>> = {}
  let known = new Set<string>()

  const aborted = Promise.withResolvers<never>()
  aborted.promise.catch(() => {})
  signal?.addEventListener('abort', () => aborted.reject(signal.reason), { once: true })
  const needsNewInstallation = ({ service }: Plan) =>
    service !== undefined && (kills[service] ?? 0) >= maxKillsPerService
  const stopInstallation = async () => {
    await installation?.stop()
    installation = undefined
  }
  const ensureInstallation = async () => {
    if (installation) return installation
    starts += 1
    kills = {}
    known = new Set()
    installation = await startInstallation({ folder: path.join(folder, String(starts)), env })
    return installation
  }
  const readExpected = async (current: Installation, { expected }: Plan): Promise<Facts> => {
    if (!expected) return {}
    const facts = expectedFacts.get(expected.name) ?? (await expected.read(current))
    expectedFacts.set(expected.name, facts)
    return facts
  }

  try {
    for (const [index, plan] of plans.entries()) {
      if (needsNewInstallation(plan)) await stopInstallation()
      signal?.throwIfAborted()
      const current = await ensureInstallation()
      if (plan.service) kills[plan.service] = (kills[plan.service] ?? 0) + 1
      const startedMs = performance.now()
      const tested = readExpected(current, plan)
        .then((expected) => plan.test(current, { expected, known }))
        .catch((error: unknown) => failed(plan, error))
      const result = await Promise.race([tested, aborted.promise])
      results.push(result)
      const tookSeconds = ((performance.now() - startedMs) / 1000).toFixed(1)
      print(`${index + 1}/${plans.length} (${tookSeconds} s) ${formatResult(result)}`)
      if (!result.ok) await stopInstallation()
    }
  } finally {
    await stopInstallation()
  }
  return results
}

function failed({ name }: Plan, error: unknown): CellResult {
  const message = error instanceof Error ? error.message : String(error)
  return { ...name, ok: false, landed: false, recoveredMs: 0, problems: [message] }
}

function formatResult({ step, target, moment, ok, recoveredMs, problems }: CellResult): string {
  const name = `${step} (${moment}), ${target} killed`
  return ok ? `${name}: ok after ${(recoveredMs / 1000).toFixed(1)} s` : `${name}: ${problems.join('; ')}`
}
