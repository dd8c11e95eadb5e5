import type { WordVectors } from './read-glove.ts'

const MAX_FORMS = 3
const RARITY = 1e-3
const REMOVED_COMPONENTS = 2
const POWER_STEPS = 30

/**
 * Computes a first vector for each stem, row-major: the mean of its most frequent word forms, weighted by
 * frequency, without the components that all words share, and shorter for frequent stems. Stems without
 * a known form get a zero row. `frequencies` is each stem's share of running text.
 */
export function startVectors(
  stems: readonly string[],
  { glove, stemOf }: { glove: WordVectors; stemOf: (word: string) => string },
): { vectors: Float64Array; frequencies: Float64Array } {
  const { dimensions } = glove
  const numbers = new Map(stems.map((stem, place) => [stem, place]))
  const vectors = new Float64Array(stems.length * dimensions)
  const frequencies = new Float64Array(stems.length)
  const forms = new Uint8Array(stems.length)
  const harmonic = Math.log(glove.words.length) + 0.577
  // The words are ordered by frequency.
  for (const [place, word] of glove.words.entries()) {
    const number = numbers.get(stemOf(word))
    if (number === undefined) continue
    const share = 1 / (((glove.ranks[place] ?? place) + 10) * harmonic)
    frequencies[number] = (frequencies[number] ?? 0) + share
    if ((forms[number] ?? 0) >= MAX_FORMS) continue
    forms[number] = (forms[number] ?? 0) + 1
    for (let d = 0; d < dimensions; d += 1) {
      const to = number * dimensions + d
      vectors[to] = (vectors[to] ?? 0) + share * (glove.vectors[place * dimensions + d] ?? 0)
    }
  }
  const filled = stems.flatMap((_, number) => (forms[number] ? [number] : []))
  eachRow(vectors, filled, dimensions, toUnit)
  removeMean(vectors, filled, dimensions)
  for (let round = 0; round < REMOVED_COMPONENTS; round += 1) removeComponent(vectors, filled, dimensions)
  eachRow(vectors, filled, dimensions, toUnit)
  for (const number of filled) {
    const weight = RARITY / (RARITY + (frequencies[number] ?? 0))
    for (let d = 0; d < dimensions; d += 1) {
      const place = number * dimensions + d
      vectors[place] = (vectors[place] ?? 0) * weight
    }
  }
  return { vectors, frequencies }
}

function eachRow(
  vectors: Float64Array,
  rows: readonly number[],
  dimensions: number,
  change: (row: Float64Array) => void,
): void {
  for (const row of rows) change(vectors.subarray(row * dimensions, (row + 1) * dimensions))
}

function toUnit(row: Float64Array): void {
  const length = Math.hypot(...row) || 1
  for (let d = 0; d < row.length; d += 1) row[d] = (row[d] ?? 0) / length
}

function removeMean(vectors: Float64Array, rows: readonly number[], dimensions: number): void {
  const mean = new Float64Array(dimensions)
  eachRow(vectors, rows, dimensions, (row) => {
    for (let d = 0; d < dimensions; d += 1) mean[d] = (mean[d] ?? 0) + (row[d] ?? 0) / rows.length
  })
  eachRow(vectors, rows, dimensions, (row) => {
    for (let d = 0; d < dimensions; d += 1) row[d] = (row[d] ?? 0) - (mean[d] ?? 0)
  })
}

/** Removes the direction in which the rows differ most, found by power iteration. */
function removeComponent(vectors: Float64Array, rows: readonly number[], dimensions: number): void {
  let direction = new Float64Array(dimensions).fill(1 / Math.sqrt(dimensions))
  for (let step = 0; step < POWER_STEPS; step += 1) {
    const next = new Float64Array(dimensions)
    eachRow(vectors, rows, dimensions, (row) => {
      const share = dot(row, direction)
      for (let d = 0; d < dimensions; d += 1) next[d] = (next[d] ?? 0) + share * (row[d] ?? 0)
    })
    toUnit(next)
    direction = next
  }
  eachRow(vectors, rows, dimensions, (row) => {
    const share = dot(row, direction)
    for (let d = 0; d < dimensions; d += 1) row[d] = (row[d] ?? 0) - share * (direction[d] ?? 0)
  })
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let d = 0; d < a.length; d += 1) sum += (a[d] ?? 0) * (b[d] ?? 0)
  return sum
}
