import type { PassageIndex } from './passage-index.ts'
import type { QueryTerm } from './read-query.ts'

/** How much further apart than in the query two neighbouring words may be. */
const SLACK = 4

/**
 * Measures windows against a query: `coverages` are the shares of the query's weight in their words;
 * `orders` sum, over words that follow each other in the query, the rarity of the commoner one where they
 * do so in the window too. `wholeOrder` is the most that an order can be. The results are in the order of `windows`.
 */
export function measureNearness(
  index: PassageIndex,
  terms: readonly QueryTerm[],
  windows: Uint32Array,
): { wholeOrder: number; coverages: Float64Array; orders: Float64Array } {
  const whole = terms.reduce((sum, { idf, weight }) => sum + idf * weight, 0) || 1
  const { marks, placeOf } = markPassages(index, windows)
  const coverage = new Float64Array(windows.length)
  const carried = new Float64Array(windows.length)
  // For each window which terms it contains itself. A query has at most 16 terms.
  const contained = new Uint32Array(windows.length)
  for (const [at, { terms: own, related, idf, weight }] of terms.entries()) {
    carried.fill(0)
    const add = (name: string, share: number, bit: number) => {
      const number = index.termNumbers.get(name)
      const list = number === undefined ? undefined : index.postings[number]
      if (!list) return
      const carry = (place: number) => {
        carried[place] = Math.max(carried[place] ?? 0, share)
        contained[place] = (contained[place] ?? 0) | bit
      }
      for (let entry = 0; entry < list.length; entry += 1) {
        const passage = (list.entries[entry] ?? 0) >>> 8
        const mark = marks[passage] ?? 0
        if (mark === 0) continue
        if (mark & FIRST) carry(placeOf[passage] ?? 0)
        if (mark & SECOND) carry(placeOf[passage - 1] ?? 0)
      }
    }
    for (const name of own) add(name, 1, 1 << at)
    for (const { term, weight: share } of related) add(term, share, 0)
    for (let place = 0; place < windows.length; place += 1) {
      coverage[place] = (coverage[place] ?? 0) + idf * weight * (carried[place] ?? 0)
    }
  }
  const pairs = pairsOf(terms)
  const orderOf = orderMeasure(index, terms, pairs)
  return {
    wholeOrder: pairs.reduce((sum, { gain }) => sum + gain, 0),
    coverages: coverage.map((sum) => sum / whole),
    orders: Float64Array.from(windows, (window, place) => orderOf(window, contained[place] ?? 0)),
  }
}

/** A passage is the first of a measured window, or the second of one. */
const FIRST = 1
const SECOND = 2

/** Marks the passages of windows, most of a library being in none, and gives each window's place by its first passage. */
function markPassages(
  index: PassageIndex,
  windows: Uint32Array,
): { marks: Uint8Array; placeOf: Uint32Array } {
  const marks = new Uint8Array(index.size + 1)
  const placeOf = new Uint32Array(index.size)
  for (let place = 0; place < windows.length; place += 1) {
    const window = windows[place] ?? 0
    placeOf[window] = place
    marks[window] = (marks[window] ?? 0) | FIRST
    if (index.hasNext[window] === 1) marks[window + 1] = (marks[window + 1] ?? 0) | SECOND
  }
  return { marks, placeOf }
}

/** Measures the order of words in a window that contains the terms whose bits are set. */
function orderMeasure(
  index: PassageIndex,
  terms: readonly QueryTerm[],
  pairs: readonly Pair[],
): (window: number, contained: number) => number {
  // The bits of the query's terms that a term of the index is one of.
  const bitsOf = new Uint16Array(index.terms.length)
  for (const [at, { terms: own }] of terms.entries()) {
    for (const name of own) {
      const number = index.termNumbers.get(name)
      if (number !== undefined) bitsOf[number] = (bitsOf[number] ?? 0) | (1 << at)
    }
  }
  const places = terms.map((): number[] => [])
  const readPlaces = (passage: number, offset: number) => {
    const end = index.termsAt[passage + 1] ?? 0
    for (let at = index.termsAt[passage] ?? 0; at < end; at += 1) {
      let bits = bitsOf[index.sequence[at] ?? 0] ?? 0
      for (let term = 0; bits !== 0; term += 1, bits >>>= 1) {
        if (bits & 1) places[term]?.push(offset + (index.positions[at] ?? 0))
      }
    }
  }
  const readWindow = (window: number) => {
    for (const own of places) own.length = 0
    readPlaces(window, 0)
    if (index.hasNext[window] === 1) readPlaces(window + 1, index.passageWords[window] ?? 0)
  }
  return (window, contained) => {
    let order = 0
    let isRead = false
    for (const { first, second, distance, gain } of pairs) {
      if (((contained >>> first) & (contained >>> second) & 1) === 0) continue
      if (!isRead) readWindow(window)
      isRead = true
      order += gain * closeness(places[first] ?? [], places[second] ?? [], distance)
    }
    return order
  }
}

type Pair = { first: number; second: number; distance: number; gain: number }

/** Neighbours among the query's words, with their distance there. */
function pairsOf(terms: readonly QueryTerm[]): Pair[] {
  const sequence = terms
    .flatMap(({ positions }, term) => positions.map((position) => ({ term, position })))
    .sort((a, b) => a.position - b.position)
  const gain = (place: number) => (terms[place]?.idf ?? 0) * (terms[place]?.weight ?? 0)
  return sequence.slice(1).flatMap(({ term, position }, place): Pair[] => {
    const before = sequence[place]
    if (!before || before.term === term) return []
    return [
      {
        first: before.term,
        second: term,
        distance: position - before.position,
        gain: Math.min(gain(before.term), gain(term)),
      },
    ]
  })
}

function closeness(first: readonly number[], second: readonly number[], distance: number): number {
  let best = 0
  for (const one of first) {
    for (const other of second) {
      const apart = other - one
      if (apart <= 0 || apart > distance + SLACK) continue
      best = Math.max(best, 1 / (1 + Math.abs(apart - distance) / 2))
    }
  }
  return best
}
