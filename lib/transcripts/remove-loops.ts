import type { Cue } from './cue.ts'

type Span = { startMs: number; endMs: number }

const LEAST_REPEATS = 3
/** How much of a cue must be silent in the recording. */
const SILENT_SHARE = 0.8

/**
 * Sorts out what a recogniser invented: a cue that is repeated three times or more where the measurement of the
 * recording found silence ("Thank you for watching."). Refrains over speech are kept, however often they come.
 */
export function removeLoops<Timed extends Cue>(
  cues: readonly Timed[],
  silences: readonly Span[],
): { kept: Timed[]; leftOut: Timed[] } {
  const silent = new Set(cues.filter((cue) => isSilent(cue, silences)))
  const repeats = new Map<string, number>()
  for (const cue of silent) {
    const { phrase, times } = phraseOf(cue)
    repeats.set(phrase, (repeats.get(phrase) ?? 0) + times)
  }
  const isInvented = (cue: Timed) =>
    silent.has(cue) && (repeats.get(phraseOf(cue).phrase) ?? 0) >= LEAST_REPEATS
  const kept = cues.filter((cue) => !isInvented(cue))
  // A measurement that calls everything silent says nothing about the words.
  return kept.length > 0 ? { kept, leftOut: cues.filter(isInvented) } : { kept: [...cues], leftOut: [] }
}

/** What a cue says, and how often: one cue can hold the whole loop. */
function phraseOf(cue: Cue): { phrase: string; times: number } {
  const sentences = cue.lines
    .join(' ')
    .split(/(?<=[.!?…。！？])/u)
    .map(plainWords)
    .filter((sentence) => sentence !== '')
  const [first = ''] = sentences
  if (sentences.every((sentence) => sentence === first)) {
    return { phrase: first, times: Math.max(1, sentences.length) }
  }
  return { phrase: sentences.join(' '), times: 1 }
}

const plainWords = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

function isSilent(cue: Cue, silences: readonly Span[]): boolean {
  const lengthMs = Math.max(1, cue.endMs - cue.startMs)
  const silentMs = silences.reduce(
    (sum, { startMs, endMs }) =>
      sum + Math.max(0, Math.min(endMs, cue.startMs + lengthMs) - Math.max(startMs, cue.startMs)),
    0,
  )
  return silentMs >= lengthMs * SILENT_SHARE
}
