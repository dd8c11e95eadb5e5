import type { PassageIndex } from './passage-index.ts'
import type { QueryTerm } from './read-query.ts'

/** How much further apart than in the query two neighbouring words may be. */
const SLACK = 4

/**
 * Measures windows against a query: `coverage` is the share of the query's weight in their words;
 * `order` sums, over words that follow each other in the query, the rarity of the commoner one where they
 * do so in the window too. `wholeOrder` is the most that `order` can be.
 */
export function measureNearness(
  index: PassageIndex,
  terms: readonly QueryTerm[],
): { wholeOrder: number; window: (window: number) => { coverage: number; order: number } } {
  const whole = terms.reduce((sum, { idf, weight }) => sum + idf * weight, 0) || 1
  const shares: Share[][] = []
  // Where the shares of a term are, plus one: a look-up for each of the many words in a window.
  const placeOf = new Uint32Array(index.terms.length)
  for (const [place, { terms: own, related }] of terms.entries()) {
    const add = (name: string, weight: number, isOwn: boolean) => {
      const number = index.termNumbers.get(name)
      if (number === undefined) return
      const share = { term: place, weight, isOwn }
      const known = shares[(placeOf[number] ?? 0) - 1]
      if (known) known.push(share)
      else placeOf[number] = shares.push([share])
    }
    for (const name of own) add(name, 1, true)
    for (const { term, weight } of related) add(term, weight, false)
  }
  const pairs = pairsOf(terms)
  // Used again for every window: there are a thousand of them.
  const carried = new Float64Array(terms.length)
  const places: number[][] = terms.map(() => [])
  const measure = (window: number) => {
    carried.fill(0)
    for (const own of places) own.length = 0
    let offset = 0
    for (const number of index.hasNext[window] ? [window, window + 1] : [window]) {
      const passage = index.passageOf[number]
      if (!passage) continue
      for (let at = 0; at < passage.terms.length; at += 1) {
        const found = placeOf[passage.terms[at] ?? 0] ?? 0
        if (found === 0) continue
        for (const { term, weight, isOwn } of shares[found - 1] ?? []) {
          carried[term] = Math.max(carried[term] ?? 0, weight)
          if (isOwn) places[term]?.push(offset + (passage.positions[at] ?? 0))
        }
      }
      offset += passage.words
    }
    let coverage = 0
    for (const [place, { idf, weight }] of terms.entries()) coverage += idf * weight * (carried[place] ?? 0)
    let order = 0
    for (const { first, second, distance, gain } of pairs) {
      order += gain * closeness(places[first] ?? [], places[second] ?? [], distance)
    }
    return { coverage: coverage / whole, order }
  }
  return { wholeOrder: pairs.reduce((sum, { gain }) => sum + gain, 0), window: measure }
}

/** What a term counts for one word of the query; `term` is the place of that word. */
type Share = { term: number; weight: number; isOwn: boolean }

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
