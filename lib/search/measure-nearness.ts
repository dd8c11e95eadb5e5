import type { PassageIndex } from './passage-index.ts'
import type { QueryTerm } from './read-query.ts'

/** How much further apart than in the query two neighbouring words may be. */
const SLACK = 4

type Nearness = { coverage: number; order: number }

/**
 * Measures windows against a query: `coverage` is the share of the query's weight in their words;
 * `order` sums, over words that follow each other in the query, the rarity of the commoner one where they
 * do so in the window too. `wholeOrder` is the most that `order` can be. The results are in the order of `windows`.
 */
export function measureNearness(
  index: PassageIndex,
  terms: readonly QueryTerm[],
  windows: readonly number[],
): { wholeOrder: number; nearness: Nearness[] } {
  const whole = terms.reduce((sum, { idf, weight }) => sum + idf * weight, 0) || 1
  // The place of each window among the measured ones, plus one, by its first passage.
  const placeOf = new Uint32Array(index.size + 1)
  for (const [place, window] of windows.entries()) placeOf[window] = place + 1
  const coverage = new Float64Array(windows.length)
  const carried = new Float64Array(windows.length)
  // For each window which terms it contains itself: there are at most 16.
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
        const place = placeOf[passage] ?? 0
        if (place > 0) carry(place - 1)
        // The window before holds this passage too.
        const before = passage > 0 && index.hasNext[passage - 1] === 1 ? (placeOf[passage - 1] ?? 0) : 0
        if (before > 0) carry(before - 1)
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
    nearness: windows.map((window, place) => ({
      coverage: (coverage[place] ?? 0) / whole,
      order: orderOf(window, contained[place] ?? 0),
    })),
  }
}

/** Measures the order of words in a window that contains the terms whose bits are set. */
function orderMeasure(
  index: PassageIndex,
  terms: readonly QueryTerm[],
  pairs: readonly Pair[],
): (window: number, contained: number) => number {
  const numbers = terms.map(
    ({ terms: own }) => new Set(own.flatMap((name) => index.termNumbers.get(name) ?? [])),
  )
  const placesOf = (window: number, term: number) => {
    const places: number[] = []
    let offset = 0
    for (const number of index.hasNext[window] ? [window, window + 1] : [window]) {
      const passage = index.passageOf[number]
      if (!passage) continue
      for (let at = 0; at < passage.terms.length; at += 1) {
        if (numbers[term]?.has(passage.terms[at] ?? 0)) places.push(offset + (passage.positions[at] ?? 0))
      }
      offset += passage.words
    }
    return places
  }
  return (window, contained) => {
    let order = 0
    const places = new Map<number, number[]>()
    const placesIn = (term: number) => {
      const known = places.get(term) ?? placesOf(window, term)
      places.set(term, known)
      return known
    }
    for (const { first, second, distance, gain } of pairs) {
      if (((contained >>> first) & (contained >>> second) & 1) === 0) continue
      order += gain * closeness(placesIn(first), placesIn(second), distance)
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
