import type { Cue } from './cue.ts'

const MIN_ROLLING_SHARE = 0.3
const MIN_ROLLING = 2
const MIN_GROWING_SHARE = 0.5
const MIN_GROWING = 3
/** Captions of YouTube show a finished line for a moment before it moves up: no one can read a cue so short. */
const MOMENT_MS = 50
const TOUCHING_MS = 500

/**
 * Removes what captions repeat because they scroll (each cue begins with the last lines of the one before it) or grow
 * while someone speaks (each cue is the one before it and some words more). A refrain is repeated with a pause, whole
 * or with other words before it, and is kept.
 */
export function unrollCues(cues: readonly Cue[]): Cue[] {
  const grown = keepGrown(cues)
  const repeats = grown.map((cue, index) => countRepeated(grown[index - 1], cue))
  const rolling = grown.filter((cue, index) => {
    const repeated = repeats[index] ?? 0
    if (repeated === 0) return false
    return repeated < cue.lines.length || isMoment(cue)
  })
  if (rolling.length < Math.max(MIN_ROLLING, grown.length * MIN_ROLLING_SHARE)) return grown
  if (grown.length < FEW_CUES && !grown.some(isMoment)) return grown
  return grown
    .map((cue, index) => ({ ...cue, lines: cue.lines.slice(repeats[index]) }))
    .filter((cue) => cue.lines.length > 0)
}

/** In so few cues, the same line twice may be a refrain. */
const FEW_CUES = 4

const isMoment = ({ startMs, endMs }: Cue) => endMs > startMs && endMs - startMs <= MOMENT_MS

/** How many of a cue's first lines are the last lines of the cue before it. */
function countRepeated(before: Cue | undefined, cue: Cue): number {
  if (!before) return 0
  for (let count = Math.min(before.lines.length, cue.lines.length); count > 0; count -= 1) {
    if (before.lines.slice(-count).every((line, index) => line === cue.lines[index])) return count
  }
  return 0
}

/** Where cues grow, keeps of each one the words that the one before it does not have. */
function keepGrown(cues: readonly Cue[]): Cue[] {
  const growing = cues.filter((cue, index) => isGrown(cues[index - 1], cue))
  if (growing.length < Math.max(MIN_GROWING, cues.length * MIN_GROWING_SHARE)) return [...cues]
  return cues.map((cue, index) => {
    const before = cues[index - 1]
    if (!before || !isGrown(before, cue)) return cue
    return { ...cue, lines: [textOf(cue).slice(textOf(before).length).trim()] }
  })
}

function isGrown(before: Cue | undefined, cue: Cue): boolean {
  if (!before || cue.startMs - before.endMs > TOUCHING_MS) return false
  if (cue.lines.length !== before.lines.length) return false
  return textOf(cue).startsWith(`${textOf(before)} `)
}

const textOf = ({ lines }: Cue) => lines.join(' ')
