import type { Cue } from './cue.ts'

type Span = { startMs: number; endMs: number }

const LEAST_REPEATS = 3
/** How much of a cue must be silent in the recording. */
const SILENT_SHARE = 0.8

/**
 * Sorts out what a recogniser invented: a cue that is repeated three times or more where the measurement of the
 * recording found silence ("Thank you for watching."). Refrains over speech are kept, however often they come.
 */
export function removeLoops(
  cues: readonly Cue[],
  silences: readonly Span[],
): { kept: Cue[]; leftOut: Cue[] } {
  const silent = new Set(cues.filter((cue) => isSilent(cue, silences)))
  const repeats = new Map<string, number>()
  for (const cue of silent) repeats.set(textOf(cue), (repeats.get(textOf(cue)) ?? 0) + 1)
  const isInvented = (cue: Cue) => silent.has(cue) && (repeats.get(textOf(cue)) ?? 0) >= LEAST_REPEATS
  const kept = cues.filter((cue) => !isInvented(cue))
  // A measurement that calls everything silent says nothing about the words.
  return kept.length > 0 ? { kept, leftOut: cues.filter(isInvented) } : { kept: [...cues], leftOut: [] }
}

function textOf(cue: Cue): string {
  return cue.lines
    .join(' ')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function isSilent(cue: Cue, silences: readonly Span[]): boolean {
  const lengthMs = Math.max(1, cue.endMs - cue.startMs)
  const silentMs = silences.reduce(
    (sum, { startMs, endMs }) =>
      sum + Math.max(0, Math.min(endMs, cue.startMs + lengthMs) - Math.max(startMs, cue.startMs)),
    0,
  )
  return silentMs >= lengthMs * SILENT_SHARE
}
