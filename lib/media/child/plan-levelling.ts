import { WINDOW_MS, type Windows } from './collect-windows.ts'
import type { Silence } from './find-silences.ts'

/** The gain in dB at each full second; between them it changes steadily. */
export type LevellingCurve = number[]

/** One value of the curve. */
export const CURVE_STEP_MS = 1000

/** A voice is compared with itself over this long, so that emphasis within a sentence stays. */
const SPAN_MS = 12_000
/** With less speech than this in a span, its level says nothing about the voice. */
const LEAST_SPEECH_MS = 1500
/** Speech this far below the loudest is noise. */
const SPEECH_RANGE_DB = 35
/** A voice whose level stays within this range does not wander: it is left alone. */
const LEAST_SPREAD_DB = 5
/** How much of the distance from the usual level is taken away. */
const STRENGTH = 0.85
const MAX_BOOST_DB = 9
const MAX_CUT_DB = 9
/** Slow enough not to be heard as a change. */
const MAX_CHANGE_DB = 1.5

/**
 * Plans how to level a voice that wanders from its microphone: the gain that brings each stretch of speech near the
 * usual level of this recording. Null where the level stays the same. `silences` are not compared, and have the gain of
 * the speech around them.
 */
export function planLevelling(
  { meanSquare }: Pick<Windows, 'meanSquare'>,
  silences: readonly Silence[],
): LevellingCurve | null {
  const levels = readLevels(meanSquare, silences)
  const known = levels.filter((level) => level !== null).toSorted((one, other) => one - other)
  const at = (share: number) => known[Math.floor((known.length - 1) * share)] ?? 0
  if (known.length < 2 || at(0.95) - at(0.05) < LEAST_SPREAD_DB) return null
  const usual = at(0.5)
  const wanted = fillUnknown(levels).map((level) =>
    Math.min(MAX_BOOST_DB, Math.max(-MAX_CUT_DB, STRENGTH * (usual - level))),
  )
  return limitChange(wanted).map((gain) => Math.round(gain * 100) / 100)
}

/** The gain of a curve at a time, in dB. */
export function gainAt(curve: LevellingCurve, ms: number): number {
  const place = Math.min(curve.length - 1, Math.max(0, ms / CURVE_STEP_MS))
  const lower = curve[Math.floor(place)] ?? 0
  const upper = curve[Math.ceil(place)] ?? lower
  return lower + (upper - lower) * (place - Math.floor(place))
}

/** The windows as they are after levelling. */
export function levelWindows({ peak, meanSquare }: Windows, curve: LevellingCurve): Windows {
  const factors = Float32Array.from(peak, (_, index) => 10 ** (gainAt(curve, index * WINDOW_MS) / 20))
  return {
    peak: peak.map((value, index) => value * (factors[index] ?? 1)),
    meanSquare: meanSquare.map((value, index) => value * (factors[index] ?? 1) ** 2),
  }
}

/** The level of the speech around each second in dB; null where there is too little. */
function readLevels(meanSquare: Float32Array, silences: readonly Silence[]): (number | null)[] {
  const isSilent = new Uint8Array(meanSquare.length)
  for (const { startMs, endMs } of silences) {
    isSilent.fill(1, Math.floor(startMs / WINDOW_MS), Math.ceil(endMs / WINDOW_MS))
  }
  const spoken = meanSquare.filter((_, index) => isSilent[index] === 0).toSorted()
  const loud = spoken[Math.floor((spoken.length - 1) * 0.9)] ?? 0
  const least = loud * 10 ** (-SPEECH_RANGE_DB / 10)
  const sums = new Float64Array(meanSquare.length + 1)
  const counts = new Uint32Array(meanSquare.length + 1)
  for (const [index, square] of meanSquare.entries()) {
    const counted = isSilent[index] === 0 && square > least
    sums[index + 1] = (sums[index] ?? 0) + (counted ? square : 0)
    counts[index + 1] = (counts[index] ?? 0) + (counted ? 1 : 0)
  }
  const seconds = Math.ceil((meanSquare.length * WINDOW_MS) / CURVE_STEP_MS) + 1
  const half = SPAN_MS / 2 / WINDOW_MS
  return Array.from({ length: seconds }, (_, second) => {
    const middle = (second * CURVE_STEP_MS) / WINDOW_MS
    const from = Math.min(meanSquare.length, Math.max(0, middle - half))
    const end = Math.min(meanSquare.length, middle + half)
    const count = (counts[end] ?? 0) - (counts[from] ?? 0)
    if (count * WINDOW_MS < LEAST_SPEECH_MS) return null
    return 10 * Math.log10(((sums[end] ?? 0) - (sums[from] ?? 0)) / count)
  })
}

/** Unknown levels become those between the known ones around them. */
function fillUnknown(levels: readonly (number | null)[]): number[] {
  const known = levels.flatMap((level, place) => (level === null ? [] : [{ level, place }]))
  let next = 0
  return levels.map((level, place) => {
    if (level !== null) return level
    while (next < known.length && (known[next]?.place ?? 0) < place) next += 1
    const before = known[next - 1]
    const after = known[next]
    if (!before || !after) return (before ?? after)?.level ?? 0
    return (
      before.level + ((after.level - before.level) * (place - before.place)) / (after.place - before.place)
    )
  })
}

/** The curve that comes nearest to `wanted` without a faster change: from both directions, so that it is early as often as late. */
function limitChange(wanted: readonly number[]): number[] {
  const forwards = followSlowly(wanted)
  const backwards = followSlowly(wanted.toReversed()).toReversed()
  return forwards.map((gain, place) => (gain + (backwards[place] ?? gain)) / 2)
}

function followSlowly(wanted: readonly number[]): number[] {
  let gain = wanted[0] ?? 0
  return wanted.map((next) => {
    gain += Math.min(MAX_CHANGE_DB, Math.max(-MAX_CHANGE_DB, next - gain))
    return gain
  })
}
