import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findRecogniser } from '#lib/transcripts/find-recogniser.ts'
import { cutRecording, type Recording } from './cut-recording.ts'
import { type Installation, startInstallation } from './installation.ts'
import type { Cell, MatrixStep, Words } from './list-cells.ts'
import type { Facts } from './read-facts.ts'
import { serveSpeech } from './serve-speech.ts'
import { type CellResult, readUndisturbed, strikeCell } from './strike-cell.ts'

/**
 * The supervisor waits longer and longer before it starts a service that keeps dying: 2 s after the fourth
 * time. That is not asked here, so a service is killed no more often before all of them are started afresh.
 */
const mostBlowsPerService = 4

/** Both end in a pause between sentences. A recogniser is slow, so what it has to hear is one sentence. */
const lengthMs: Record<Words, number> = { supplied: 22_400, heard: 6_000 }

/**
 * Works through the cells on real installations, each with its own data, started as a person starts Selah. A
 * cell that fails ends its installation, so that it cannot spoil the next. The pages must have been built.
 * Aborting stops what was started and rejects with the signal's reason.
 */
export async function runMatrix(
  cells: readonly Cell[],
  { say = () => {}, signal }: { say?: (line: string) => void; signal?: AbortSignal } = {},
): Promise<CellResult[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'crash-matrix-'))
  try {
    const recordings: Recordings = {
      supplied: await cutRecording(path.join(folder, 'supplied'), lengthMs.supplied),
      heard: await cutRecording(path.join(folder, 'heard'), lengthMs.heard),
    }
    const speech = (await findRecogniser()) ? undefined : await serveSpeech(recordings.heard.words)
    const env = speech ? { DEEPGRAM_API_KEY: 'key-of-the-matrix', DEEPGRAM_BASE_URL: speech.url } : {}
    try {
      return await strikeAll(cells, { folder, recordings, env, say, signal })
    } finally {
      await speech?.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

type Recordings = Record<Words, Recording>

type Means = {
  folder: string
  recordings: Recordings
  env: Record<string, string>
  say: (line: string) => void
  signal: AbortSignal | undefined
}

async function strikeAll(
  cells: readonly Cell[],
  { folder, recordings, env, say, signal }: Means,
): Promise<CellResult[]> {
  const results: CellResult[] = []
  const undisturbed = new Map<string, Facts>()
  let starts = 0
  let installation: Installation | undefined
  let blows: Partial<Record<Cell['target'], number>> = {}
  let known = new Set<string>()

  const aborted = Promise.withResolvers<never>()
  aborted.promise.catch(() => {})
  signal?.addEventListener('abort', () => aborted.reject(signal.reason), { once: true })
  const isWornOut = ({ target }: Cell) => target !== 'worker' && (blows[target] ?? 0) >= mostBlowsPerService
  const leave = async () => {
    await installation?.stop()
    installation = undefined
  }
  const enter = async () => {
    if (installation) return installation
    starts += 1
    blows = {}
    known = new Set()
    installation = await startInstallation({ folder: path.join(folder, String(starts)), env })
    return installation
  }
  const expectedOf = async (place: Installation, kind: Pick<MatrixStep, 'words' | 'again'>) => {
    const name = `${kind.words}/${kind.again}`
    const facts = undisturbed.get(name) ?? (await readUndisturbed(place, recordings[kind.words], kind))
    undisturbed.set(name, facts)
    return facts
  }

  try {
    for (const [index, cell] of cells.entries()) {
      if (isWornOut(cell)) await leave()
      signal?.throwIfAborted()
      const place = await enter()
      blows[cell.target] = (blows[cell.target] ?? 0) + 1
      const startedMs = performance.now()
      const struck = expectedOf(place, cell)
        .then((expected) => strikeCell(place, recordings[cell.words], { cell, expected, known }))
        .catch((error: unknown) => failed(cell, error))
      const result = await Promise.race([struck, aborted.promise])
      results.push(result)
      const tookSeconds = ((performance.now() - startedMs) / 1000).toFixed(1)
      say(`${index + 1}/${cells.length} (${tookSeconds} s) ${inWords(result)}`)
      if (!result.ok) await leave()
    }
  } finally {
    await leave()
  }
  return results
}

function failed({ step, target, moment }: Cell, error: unknown): CellResult {
  const message = error instanceof Error ? error.message : String(error)
  return { step, target, moment, ok: false, landed: false, recoveredMs: 0, problems: [message] }
}

function inWords({ step, target, moment, ok, recoveredMs, problems }: CellResult): string {
  const name = `${step}, ${target} killed at its ${moment}`
  return ok ? `${name}: ok after ${(recoveredMs / 1000).toFixed(1)} s` : `${name}: ${problems.join('; ')}`
}
