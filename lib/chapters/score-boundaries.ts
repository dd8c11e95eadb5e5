import { meaningOf, type WordMeanings } from '#lib/search/word-meanings.ts'

/** A passage of a transcript with its index terms. */
export type Unit = {
  startMs: number
  endMs: number
  firstWord: number
  lastWord: number
  terms: readonly string[]
}

/** Passages on each side whose subjects are compared: about 550 words. */
const SIDE = 9
/** What the meanings of words count beside the words themselves. */
const MEANING_WEIGHT = 0.5
/** What a long pause, and a passage of the Bible that is opened here, count beside a change of the subject. */
const PAUSE_WEIGHT = 0.15
const READING_WEIGHT = 0.15
/** From the pause between two sentences to one that counts fully. */
const SHORT_PAUSE_MS = 1200
const LONG_PAUSE_MS = 4000

/**
 * Scores the place before each passage: how far the subjects on its two sides are apart (by the words they share and by
 * the meanings of their words), how long the pause there is, and whether a passage of the Bible is opened there.
 * `readings` are words of the transcript that open one. The first score is 0. See docs/evaluation.md.
 */
export function scoreBoundaries(
  units: readonly Unit[],
  { readings, table }: { readings: readonly number[]; table: WordMeanings | null },
): number[] {
  const distances = units.map((_, place) => (place === 0 ? 0 : measureDistance(units, place, table)))
  return units.map((unit, place) => {
    const before = units[place - 1]
    if (!before) return 0
    const pause = (unit.startMs - before.endMs - SHORT_PAUSE_MS) / (LONG_PAUSE_MS - SHORT_PAUSE_MS)
    const isReading = readings.some((word) => word >= unit.firstWord && word <= unit.lastWord)
    return (
      measureDepth(distances, place) +
      PAUSE_WEIGHT * Math.min(1, Math.max(0, pause)) +
      (isReading ? READING_WEIGHT : 0)
    )
  })
}

/** How far the passages before and after a place are apart: 0 where they have the same words. */
function measureDistance(units: readonly Unit[], place: number, table: WordMeanings | null): number {
  const before = units.slice(Math.max(0, place - SIDE), place).flatMap(({ terms }) => terms)
  const after = units.slice(place, place + SIDE).flatMap(({ terms }) => terms)
  const words = 1 - likeness(countTerms(before), countTerms(after))
  if (!table) return words
  const [one, other] = [meaningOf(table, before), meaningOf(table, after)]
  return one && other ? words + MEANING_WEIGHT * (1 - likeness(entriesOf(one), entriesOf(other))) : words
}

/** How much higher a distance is than the lowest ones before and after it, up to the next higher one. */
function measureDepth(distances: readonly number[], place: number): number {
  const here = distances[place] ?? 0
  const lowest = (step: 1 | -1) => {
    let low = here
    for (let at = place + step; at > 0 && at < distances.length; at += step) {
      const next = distances[at] ?? 0
      if (next > here) break
      low = Math.min(low, next)
    }
    return low
  }
  return 2 * here - lowest(-1) - lowest(1)
}

/** The square roots of how often each term occurs, so that a word used often does not decide alone. */
function countTerms(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1)
  return new Map([...counts].map(([term, count]) => [term, Math.sqrt(count)]))
}

function entriesOf(vector: Float32Array): Map<number, number> {
  return new Map(vector.entries())
}

/** The cosine of two sparse vectors. */
function likeness<Key>(one: ReadonlyMap<Key, number>, other: ReadonlyMap<Key, number>): number {
  let product = 0
  for (const [key, value] of one) product += value * (other.get(key) ?? 0)
  const square = (vector: ReadonlyMap<Key, number>) =>
    [...vector.values()].reduce((sum, value) => sum + value * value, 0)
  return product === 0 ? 0 : product / Math.sqrt(square(one) * square(other))
}
